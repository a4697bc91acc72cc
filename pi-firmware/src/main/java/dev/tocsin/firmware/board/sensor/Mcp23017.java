package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Microchip MCP23017, sixteen contacts. Channels: GPA0 to GPA7, then GPB0 to GPB7; 1 where active, 0 where not. Its pull-ups
 * (100 kiloohm) are on. The chip captures its port at the first change after it was read, so that a pulse between two
 * readings is seen, once; a sample comes with each change, and every {@link #BEAT_NS} without one.
 *
 * <p>A captured change is stamped with the time before the reading that found it: it happened since the reading before that.
 * With the interrupt line wired as data-ready that is within a millisecond; without, within a reading's period.
 *
 * <p>The chip has no identity: its settings, read back each time, are no state that it could have by itself. Datasheet:
 * MCP23017, DS20001952D, chapter 3.
 */
final class Mcp23017 implements SensorPart {

    /** Of readings. */
    static final List<Integer> RATES_HZ = List.of(10, 20, 50, 100);

    static final int IODIRA = 0x00;
    static final int IOCON = 0x0A;
    static final int INTFA = 0x0E;
    static final int INTCAPA = 0x10;
    static final int GPIOA = 0x12;
    static final int CONTACTS = 16;
    static final long BEAT_NS = 1_000_000_000;

    /** Both interrupt pins tell both ports; they are driven, active low. */
    private static final byte MIRROR = 0x40;

    private static final byte ALL = (byte) 0xFF;

    /** From IODIRA to GPPUB: inputs, not inverted here, interrupt on every change against the level before, pull-ups. */
    private static final byte[] WANTED = {ALL, ALL, 0, 0, ALL, ALL, 0, 0, 0, 0, MIRROR, MIRROR, ALL, ALL};

    private final Registers registers;
    private final boolean activeLow;
    private final long periodNs;
    private final byte[] all = new byte[GPIOA + 2];
    private final byte[] ports = new byte[2];
    private int levels;
    private boolean isFirst = true;
    private long toldNs;

    /**
     * On a bus.
     *
     * @param rateHz one of {@link #RATES_HZ}
     * @param activeLow whether a contact is active while its line is low
     */
    Mcp23017(Registers registers, int rateHz, boolean activeLow) {
        this.registers = registers;
        this.activeLow = activeLow;
        this.periodNs = 1_000_000_000L / rateHz;
    }

    @Override
    public String name() {
        return "MCP23017 on " + registers.where();
    }

    @Override
    public int channels() {
        return CONTACTS;
    }

    @Override
    public int mostSamples() {
        return 2;
    }

    @Override
    public long silentAfterNs() {
        return 2 * BEAT_NS + periodNs;
    }

    @Override
    public void configure() throws BusException, PartException {
        registers.write(IOCON, MIRROR); // first: the registers in the order that all else here assumes
        registers.write(IODIRA, WANTED);
        registers.read(IODIRA, all, WANTED.length);
        if (!holdsSettings()) {
            throw new PartException(Cause.PART, "it does not keep its settings");
        }
        levels = readLevels();
        isFirst = true;
    }

    /** Both ports as they are now, GPA0 lowest; forgets what was captured. */
    int readLevels() throws BusException {
        registers.read(GPIOA, ports, ports.length);
        return word(ports, 0);
    }

    @Override
    public long read(LongSupplier nanoTime, Samples into) throws BusException, PartException {
        long beforeNs = nanoTime.getAsLong();
        registers.read(IODIRA, all, all.length);
        long afterNs = Math.max(nanoTime.getAsLong(), beforeNs + 1);
        if (!holdsSettings()) {
            throw new PartException(Cause.RESET, "its settings are gone: it was without power for a moment");
        }
        int captured = levels;
        for (int port = 0; port < 2; port++) {
            if (all[INTFA + port] != 0) {
                captured = (captured & ~(0xFF << (8 * port))) | ((all[INTCAPA + port] & 0xFF) << (8 * port));
            }
        }
        if (!isFirst && captured != levels) {
            tell(captured, Math.max(beforeNs, toldNs + 1), into);
        }
        int now = word(all, GPIOA);
        if (isFirst || now != levels || afterNs - toldNs >= BEAT_NS) {
            tell(now, Math.max(afterNs, toldNs + 1), into);
        }
        isFirst = false;
        return periodNs;
    }

    private void tell(int newLevels, long timeNs, Samples into) {
        levels = newLevels;
        toldNs = timeNs;
        double[] values = into.add(timeNs);
        for (int i = 0; i < CONTACTS; i++) {
            values[i] = ((levels >> i) & 1) == (activeLow ? 0 : 1) ? 1 : 0;
        }
    }

    private boolean holdsSettings() {
        return Arrays.equals(all, 0, WANTED.length, WANTED, 0, WANTED.length);
    }

    private static int word(byte[] from, int at) {
        return (from[at] & 0xFF) | ((from[at + 1] & 0xFF) << 8);
    }
}
