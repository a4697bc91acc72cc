package dev.tocsin.firmware.board.bus;

import com.pi4j.context.Context;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiMode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A chip on an SPI bus on Pi4J. */
final class Pi4jSpiBus implements dev.tocsin.firmware.board.bus.SpiBus {

    private final String name;
    private final int number;
    private final int chipSelect;
    private final int clockHz;
    private final Supplier<Context> contexts;
    private @Nullable Context context;
    private @Nullable Spi chip;

    Pi4jSpiBus(String name, int number, int chipSelect, int clockHz, Supplier<Context> contexts) {
        this.name = name;
        this.number = number;
        this.chipSelect = chipSelect;
        this.clockHz = clockHz;
        this.contexts = contexts;
    }

    @Override
    public String name() {
        return name;
    }

    /** Without the chip select. */
    String bus() {
        return "spi" + number;
    }

    @Override
    public void transfer(byte[] out, byte[] in, int length) throws BusException {
        int moved;
        try {
            moved = chip().transfer(out, 0, in, 0, length);
        } catch (RuntimeException | LinkageError e) {
            close();
            throw new BusException(BusException.Kind.NO_ANSWER, name + ": " + Pi4jBuses.reason(e));
        }
        if (moved != length) {
            close();
            throw new BusException(
                    moved < 0 ? BusException.Kind.NO_ANSWER : BusException.Kind.SHORT,
                    "%s: %d bytes of %d".formatted(name, Math.max(0, moved), length));
        }
    }

    private Spi chip() {
        Spi there = chip;
        if (there == null) {
            Context open = contexts.get();
            context = open;
            there = open.create(Spi.newConfigBuilder(open)
                    .id(name)
                    .bus(SpiBus.getByNumber(number))
                    .channel(chipSelect)
                    .mode(SpiMode.MODE_3)
                    .baud(clockHz));
            chip = there;
        }
        return there;
    }

    /** Lets go of the bus; the next transfer opens it again. */
    void close() {
        Context open = context;
        context = null;
        chip = null;
        if (open != null) {
            open.shutdown();
        }
    }
}
