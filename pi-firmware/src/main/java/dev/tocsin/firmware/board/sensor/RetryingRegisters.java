package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Tries a failed transfer again, at once, {@value #TRIES} times in all: a spike on a long lead costs one byte, not a
 * sensor. A transfer that took the kernel {@link #SLOW_NS} to fail is not tried again: on a dead bus each would take its
 * full time-out, and the other sensors of the bus wait meanwhile. Counts both; any thread may ask.
 *
 * <p>A FIFO entry whose transfer broke off may be gone with it. The sample clock closes such a hole of one sample within
 * the next readings.
 */
final class RetryingRegisters implements Registers {

    static final int TRIES = 3;
    static final long SLOW_NS = 100_000_000;

    private final Registers registers;
    private final LongSupplier nanoTime;
    private final AtomicLong transfers = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();

    RetryingRegisters(Registers registers, LongSupplier nanoTime) {
        this.registers = registers;
        this.nanoTime = nanoTime;
    }

    long transfers() {
        return transfers.get();
    }

    long errors() {
        return errors.get();
    }

    @Override
    public String where() {
        return registers.where();
    }

    @Override
    public void read(int register, byte[] into, int length) throws BusException {
        tried(() -> registers.read(register, into, length));
    }

    @Override
    public void write(int register, byte... values) throws BusException {
        tried(() -> registers.write(register, values));
    }

    private void tried(Transfer transfer) throws BusException {
        for (int attempt = 1; ; attempt++) {
            long beganNs = nanoTime.getAsLong();
            transfers.incrementAndGet();
            try {
                transfer.run();
                return;
            } catch (BusException e) {
                errors.incrementAndGet();
                if (attempt == TRIES || nanoTime.getAsLong() - beganNs >= SLOW_NS) {
                    throw e;
                }
            }
        }
    }

    private interface Transfer {
        void run() throws BusException;
    }
}
