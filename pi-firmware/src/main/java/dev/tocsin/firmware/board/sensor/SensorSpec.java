package dev.tocsin.firmware.board.sensor;

import java.util.Optional;

/**
 * A sensor as the board profile has it. Numbers may be wrong here; the profile tells.
 *
 * @param name what it is called everywhere: {@code imu}
 * @param type the part
 * @param bus where it is: {@code i2c1}, {@code spi0}
 * @param place its 7-bit address on I2C, its chip select on SPI
 * @param rateHz samples a second
 * @param range plus and minus, in the type's unit; 0 where there is no choice
 * @param shuntMilliohm of an INA219
 * @param activeLow of an MCP23017: a contact is active while its line is low
 * @param ready the input of the same profile that its data-ready or interrupt pin is wired to
 */
public record SensorSpec(
        String name,
        SensorType type,
        String bus,
        int place,
        int rateHz,
        int range,
        int shuntMilliohm,
        boolean activeLow,
        Optional<String> ready) {

    /** Where something of it stands in the profile's file: {@code sensors.imu.address}. */
    public String key(String what) {
        return "sensors." + name + "." + what;
    }

    /** Whether its bus is an SPI bus. */
    public boolean isSpi() {
        return bus.startsWith("spi");
    }

    /** Where it is, for people: {@code i2c1 0x53}, {@code spi0.1}. */
    public String where() {
        return isSpi() ? bus + "." + place : "%s 0x%02X".formatted(bus, place);
    }
}
