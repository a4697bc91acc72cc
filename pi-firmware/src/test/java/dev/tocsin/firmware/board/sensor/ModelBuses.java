package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.firmware.board.bus.Buses;
import dev.tocsin.firmware.board.bus.I2cBus;
import dev.tocsin.firmware.board.bus.SpiBus;
import dev.tocsin.sdk.port.Timers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One I2C and one SPI bus with one chip, and what can be wrong with them: a chip unplugged, transfers that fail, one that
 * comes short, a bus that dies between two transfers, one that hangs.
 */
final class ModelBuses implements Buses, I2cBus, SpiBus {

    private final Timers time;
    private final Chip chip;
    private final int address;
    private final int several;
    private final List<Runnable> held = new ArrayList<>();
    private final List<String> transfers = new ArrayList<>();
    private boolean isUnplugged;
    private boolean isHanging;
    private int failing;
    private int failingAfter;
    private int shortOnes;
    private int aliveFor = Integer.MAX_VALUE;
    private @Nullable Integer stuckAt;

    /** The chip answers at that address on I2C, or on any chip select. */
    ModelBuses(Timers time, Chip chip, int address, int several) {
        this.time = time;
        this.chip = chip;
        this.address = address;
        this.several = several;
    }

    /** Its wires are out; on SPI all reads as ones then. */
    void unplug() {
        isUnplugged = true;
    }

    /** They are in again, and its power with them. */
    void plug() {
        isUnplugged = false;
        aliveFor = Integer.MAX_VALUE;
        chip.powerOn();
    }

    /** So many transfers fail. */
    void failNext(int count) {
        failAfter(0, count);
    }

    /** So many transfers work, then so many fail. */
    void failAfter(int working, int count) {
        failingAfter = working;
        failing = count;
    }

    /** So many transfers come short by a byte. */
    void shortNext(int count) {
        shortOnes = count;
    }

    /** So many more transfers work, then nothing does until {@link #plug}. */
    void dieAfter(int count) {
        aliveFor = count;
    }

    /** Every byte reads as this, until null. */
    void stickAt(@Nullable Integer value) {
        stuckAt = value;
    }

    /** No task of the bus's thread runs until {@link #release}. */
    void hang() {
        isHanging = true;
    }

    void release() {
        isHanging = false;
        held.forEach(task -> time.schedule(0, task));
        held.clear();
    }

    /** What was sent since the start, a line each: {@code 38+2}, the register and how many bytes were read. */
    List<String> transfers() {
        return transfers;
    }

    @Override
    public I2cBus i2c(String name) {
        return this;
    }

    @Override
    public SpiBus spi(String name, int chipSelect, int clockHz) {
        return this;
    }

    @Override
    public Timers thread(String name) {
        return (delayNs, task) -> time.schedule(delayNs, () -> {
            if (isHanging) {
                held.add(task);
            } else {
                task.run();
            }
        });
    }

    @Override
    public void close() {}

    @Override
    public String name() {
        return "model";
    }

    @Override
    public void transfer(int to, byte[] out, int outLength, byte[] in, int inLength) throws BusException {
        boolean isDead = isDead();
        if (isUnplugged || to != address || isDead || fails()) {
            throw new BusException(BusException.Kind.NO_ANSWER, "model 0x%02X: no acknowledge".formatted(to));
        }
        if (shortOnes > 0 && inLength > 0) {
            shortOnes--;
            throw new BusException(
                    BusException.Kind.SHORT, "model 0x%02X: %d bytes of %d".formatted(to, inLength - 1, inLength));
        }
        int register = out[0] & 0xFF;
        note(register, outLength - 1, inLength);
        if (outLength > 1) {
            chip.transferWrite(register, out, 1, outLength - 1);
        }
        if (inLength > 0) {
            System.arraycopy(chip.transferRead(register, inLength), 0, in, 0, inLength);
            if (stuckAt != null) {
                Arrays.fill(in, 0, inLength, stuckAt.byteValue());
            }
        }
    }

    @Override
    public void transfer(byte[] out, byte[] in, int length) throws BusException {
        boolean isDead = isDead();
        if (fails()) {
            throw new BusException(BusException.Kind.NO_ANSWER, "model: the controller refused");
        }
        if (shortOnes > 0) {
            shortOnes--;
            throw new BusException(BusException.Kind.SHORT, "model: %d bytes of %d".formatted(length - 1, length));
        }
        Arrays.fill(in, 0, length, (byte) 0xFF);
        if (isUnplugged || isDead) {
            return;
        }
        boolean isRead = (out[0] & SpiRegisters.READ) != 0;
        int register = out[0] & 0xFF & ~SpiRegisters.READ & ~several;
        if (several != 0 && length > 2 && (out[0] & several) == 0) {
            throw new AssertionError("several bytes without saying so");
        }
        note(register, isRead ? 0 : length - 1, isRead ? length - 1 : 0);
        if (isRead) {
            System.arraycopy(chip.transferRead(register, length - 1), 0, in, 1, length - 1);
            if (stuckAt != null) {
                Arrays.fill(in, 0, length, stuckAt.byteValue());
            }
        } else {
            chip.transferWrite(register, out, 1, length - 1);
        }
    }

    private boolean fails() {
        if (failingAfter > 0) {
            failingAfter--;
            return false;
        }
        failing = Math.max(-1, failing - 1);
        return failing >= 0;
    }

    private boolean isDead() {
        if (aliveFor == Integer.MAX_VALUE) {
            return false;
        }
        aliveFor = Math.max(-1, aliveFor - 1);
        return aliveFor < 0;
    }

    private void note(int register, int written, int read) {
        transfers.add("%02x%s".formatted(register, read > 0 ? "+" + read : "=" + written));
    }
}
