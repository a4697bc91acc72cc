package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;

/** Whether the part on the bus is the one it should be. */
final class Identity {

    private Identity() {}

    /**
     * Reads a part's identity register. All ones or all zeros are what an SPI line reads when nothing drives it.
     *
     * @throws PartException if it holds something else
     */
    static void check(Registers registers, int register, int expected) throws BusException, PartException {
        check(registers.read(register), expected);
    }

    static void check(int read, int expected) throws PartException {
        if (read == expected) {
            return;
        }
        if (read == 0x00 || read == 0xFF) {
            throw new PartException(Cause.BUS, "the line reads 0x%02X throughout: nothing is there".formatted(read));
        }
        throw new PartException(
                Cause.PART, "another part is there: its identity is 0x%02X, not 0x%02X".formatted(read, expected));
    }
}
