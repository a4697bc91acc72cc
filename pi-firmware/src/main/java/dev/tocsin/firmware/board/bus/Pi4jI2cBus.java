package dev.tocsin.firmware.board.bus;

import com.pi4j.context.Context;
import com.pi4j.io.i2c.I2C;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An I2C bus on Pi4J. */
final class Pi4jI2cBus implements I2cBus {

    private final String name;
    private final int number;
    private final Supplier<Context> contexts;
    private final Map<Integer, I2C> chips = new LinkedHashMap<>();
    private @Nullable Context context;

    Pi4jI2cBus(String name, Supplier<Context> contexts) {
        this.name = name;
        this.number = Pi4jBuses.number(name);
        this.contexts = contexts;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void transfer(int address, byte[] out, int outLength, byte[] in, int inLength) throws BusException {
        try {
            I2C chip = chip(address);
            if (inLength == 0) {
                whole(address, chip.write(out, 0, outLength), outLength);
            } else if (outLength == 0) {
                whole(address, chip.read(in, 0, inLength), inLength);
            } else if (outLength == 1) {
                whole(address, chip.readRegister(out[0] & 0xFF, in, 0, inLength), inLength);
            } else {
                byte[] register = outLength == out.length ? out : Arrays.copyOf(out, outLength);
                whole(address, chip.readRegister(register, in, 0, inLength), inLength);
            }
        } catch (RuntimeException | LinkageError e) {
            close();
            throw new BusException(
                    BusException.Kind.NO_ANSWER, "%s 0x%02X: %s".formatted(name, address, Pi4jBuses.reason(e)));
        } catch (BusException e) {
            close();
            throw e;
        }
    }

    private I2C chip(int address) {
        Context open = context;
        if (open == null) {
            open = contexts.get();
            context = open;
        }
        I2C chip = chips.get(address);
        if (chip == null) {
            chip = open.create(I2C.newConfigBuilder(open)
                    .id("%s-%02x".formatted(name, address))
                    .bus(number)
                    .device(address));
            chips.put(address, chip);
        }
        return chip;
    }

    private void whole(int address, int moved, int wanted) throws BusException {
        if (moved != wanted) {
            throw new BusException(
                    moved < 0 ? BusException.Kind.NO_ANSWER : BusException.Kind.SHORT,
                    "%s 0x%02X: %d bytes of %d".formatted(name, address, Math.max(0, moved), wanted));
        }
    }

    /** Lets go of the bus; the next transfer opens it again. */
    void close() {
        chips.clear();
        Context open = context;
        context = null;
        if (open != null) {
            open.shutdown();
        }
    }
}
