package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Texas Instruments INA219, which measures a supply. Channels: the voltage in V, 0 to 26, and the current in A through a
 * shunt, up to 0.32 V across it; both averaged over 128 conversions, 68 ms each. Its conversion-ready bit says when there is
 * something new. The current is computed here: the chip's own arithmetic rounds more.
 *
 * <p>The chip has no identity. Its calibration register, otherwise unused here and zero after power-on, tells that it lost
 * its power.
 *
 * <p>Datasheet: INA219, SBOS448G, chapter 8.6.
 */
final class Ina219 implements SensorPart {

    static final List<Integer> RATES_HZ = List.of(1, 2, 5);

    static final int CONFIG = 0;
    static final int SHUNT = 1;
    static final int BUS = 2;
    static final int POWER = 3;
    static final int CALIBRATION = 5;
    static final int READY = 0x02;

    /** 32 V range, 0.32 V across the shunt, 128 averaged, both all the time. */
    static final int WANTED = 0x3FFF;

    private static final int MARK = 0x1000;
    private static final double VOLTS_PER_STEP = 4e-3;
    private static final double SHUNT_VOLTS_PER_STEP = 10e-6;
    private static final long AGAIN_NS = 20_000_000;

    private final Registers registers;
    private final double shuntOhm;
    private final long periodNs;

    /**
     * On a bus.
     *
     * @param rateHz one of {@link #RATES_HZ}
     * @param shuntMilliohm the shunt's resistance; 100 on most boards
     */
    Ina219(Registers registers, int rateHz, int shuntMilliohm) {
        this.registers = registers;
        this.shuntOhm = shuntMilliohm / 1000.0;
        this.periodNs = 1_000_000_000L / rateHz;
    }

    @Override
    public String name() {
        return "INA219 on " + registers.where();
    }

    @Override
    public int channels() {
        return 2;
    }

    @Override
    public int mostSamples() {
        return 1;
    }

    @Override
    public long silentAfterNs() {
        return 2 * periodNs + 1_000_000_000L;
    }

    @Override
    public void configure() throws BusException, PartException {
        registers.writeWord(CALIBRATION, MARK);
        registers.writeWord(CONFIG, WANTED);
        if (!holdsSettings()) {
            throw new PartException(Cause.PART, "it does not keep its settings");
        }
    }

    @Override
    public long read(LongSupplier nanoTime, Samples into) throws BusException, PartException {
        if (!holdsSettings()) {
            throw new PartException(Cause.RESET, "its settings are gone: it was without power for a moment");
        }
        int bus = registers.readWord(BUS);
        if ((bus & READY) == 0) {
            return AGAIN_NS;
        }
        int shunt = (short) registers.readWord(SHUNT);
        registers.readWord(POWER); // clears the ready bit
        double[] values = into.add(nanoTime.getAsLong());
        values[0] = (bus >> 3) * VOLTS_PER_STEP;
        values[1] = shunt * SHUNT_VOLTS_PER_STEP / shuntOhm;
        return periodNs;
    }

    private boolean holdsSettings() throws BusException {
        return registers.readWord(CONFIG) == WANTED && registers.readWord(CALIBRATION) == MARK;
    }
}
