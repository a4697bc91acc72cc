package dev.tocsin.firmware.board.sensor;

/** A chip as its datasheet has it, seen from the bus: registers that can be read and written. */
abstract class Chip {

    /** Its power came on: everything is as the datasheet has it after reset. */
    abstract void powerOn();

    abstract int read(int register);

    abstract void write(int register, int value);

    /** Which register follows within one transfer. */
    int after(int register) {
        return register + 1;
    }

    /** A transfer that reads ended. */
    void readEnded(int firstRegister, int length) {}

    /** A whole read, as one transfer. */
    final byte[] transferRead(int register, int length) {
        byte[] bytes = new byte[length];
        int at = register;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) read(at);
            at = after(at);
        }
        readEnded(register, length);
        return bytes;
    }

    /** A whole write, as one transfer. */
    final void transferWrite(int register, byte[] values, int from, int length) {
        int at = register;
        for (int i = 0; i < length; i++) {
            write(at, values[from + i] & 0xFF);
            at = after(at);
        }
    }
}
