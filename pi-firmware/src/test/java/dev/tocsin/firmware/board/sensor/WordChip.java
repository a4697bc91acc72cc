package dev.tocsin.firmware.board.sensor;

/** A chip whose registers are words, high byte first, behind a pointer that does not move. */
abstract class WordChip extends Chip {

    private int high;
    private boolean isLow;
    private boolean wasHighWritten;

    abstract int readWord(int register);

    abstract void writeWord(int register, int word);

    @Override
    final int read(int register) {
        int word = readWord(register);
        isLow = !isLow;
        return isLow ? word >> 8 & 0xFF : word & 0xFF;
    }

    @Override
    final void write(int register, int value) {
        if (wasHighWritten) {
            writeWord(register, (high << 8) | value);
        } else {
            high = value;
        }
        wasHighWritten = !wasHighWritten;
    }

    @Override
    final int after(int register) {
        return register;
    }

    @Override
    void readEnded(int firstRegister, int length) {
        isLow = false;
    }
}
