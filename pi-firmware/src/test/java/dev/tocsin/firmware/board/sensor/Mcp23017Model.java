package dev.tocsin.firmware.board.sensor;

import java.util.Arrays;

/** An MCP23017 after its datasheet, in its one bank of registers: directions, latches, interrupt on change with capture. */
final class Mcp23017Model extends Chip {

    private final int[] registers = new int[0x16];
    private int lines = 0xFFFF;
    private int compared;

    Mcp23017Model() {
        powerOn();
    }

    /** A contact pulls its line low, or lets it go. */
    void line(int number, boolean isHigh) {
        lines = isHigh ? lines | 1 << number : lines & ~(1 << number);
        for (int port = 0; port < 2; port++) {
            int now = port(port);
            int changed = (now ^ (compared >> (8 * port))) & registers[0x04 + port] & 0xFF;
            if (changed != 0 && registers[0x0E + port] == 0) {
                registers[0x0E + port] = changed;
                registers[0x10 + port] = now;
            }
        }
    }

    @Override
    void powerOn() {
        Arrays.fill(registers, 0);
        registers[0] = 0xFF;
        registers[1] = 0xFF;
        compared = lines;
    }

    @Override
    int after(int register) {
        return register == 0x15 ? 0 : register + 1;
    }

    @Override
    int read(int register) {
        return switch (register) {
            case 0x12, 0x13 -> port(register - 0x12);
            default -> registers[register];
        };
    }

    @Override
    void readEnded(int firstRegister, int length) {
        for (int port = 0; port < 2; port++) {
            boolean capture = firstRegister <= 0x10 + port && firstRegister + length > 0x10 + port;
            boolean level = firstRegister <= 0x12 + port && firstRegister + length > 0x12 + port;
            if (capture || level) {
                registers[0x0E + port] = 0;
                compared = (compared & ~(0xFF << (8 * port))) | (port(port) << (8 * port));
            }
        }
    }

    @Override
    void write(int register, int value) {
        switch (register) {
            case 0x0A, 0x0B -> {
                registers[0x0A] = value;
                registers[0x0B] = value;
            }
            case 0x0E, 0x0F, 0x10, 0x11 -> {} // read only
            case 0x12, 0x13 -> registers[register + 2] = value; // writes the latch
            default -> registers[register] = value;
        }
    }

    private int port(int port) {
        int inputs = registers[port];
        return ((lines >> (8 * port)) & inputs) | (registers[0x14 + port] & ~inputs & 0xFF);
    }
}
