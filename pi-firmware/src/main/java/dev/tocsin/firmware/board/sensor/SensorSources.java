package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.Buses;
import dev.tocsin.sdk.port.Timers;
import java.util.function.LongSupplier;

/** Makes the driver that a board profile asks for. */
public final class SensorSources {

    private SensorSources() {}

    /**
     * A sensor, not started. Nothing is touched before its start.
     *
     * @param spec what and where; {@link IllegalArgumentException} for a clock, which has no samples
     * @param buses of the board
     * @param loop the device's event loop; any thread may ask it
     * @param nanoTime the device's monotonic clock; any thread may ask it
     */
    public static BusSensor of(SensorSpec spec, Buses buses, Timers loop, LongSupplier nanoTime) {
        RetryingRegisters registers = new RetryingRegisters(registers(spec, buses), nanoTime);
        SensorPart part = switch (spec.type()) {
            case ADXL345 -> new Adxl345(registers, spec.rateHz(), spec.range());
            case LSM6DSO -> new Lsm6dso(registers, spec.rateHz(), spec.range());
            case TF_LUNA -> new TfLuna(registers, spec.rateHz());
            case ADS1115 -> new Ads1115(registers, spec.rateHz(), spec.range());
            case INA219 -> new Ina219(registers, spec.rateHz(), spec.shuntMilliohm());
            case MCP23017 -> new Mcp23017(registers, spec.rateHz(), spec.activeLow());
            case DS3231 -> throw new IllegalArgumentException(spec.name() + " is a clock and has no samples");
        };
        return new PolledSensor(part, registers, buses.thread(spec.bus()), loop, nanoTime);
    }

    private static Registers registers(SensorSpec spec, Buses buses) {
        if (!spec.isSpi()) {
            return new I2cRegisters(buses.i2c(spec.bus()), spec.place());
        }
        return spec.type() == SensorType.ADXL345
                ? new SpiRegisters(buses.spi(spec.bus(), spec.place(), Adxl345.SPI_HZ), Adxl345.SPI_SEVERAL)
                : new SpiRegisters(buses.spi(spec.bus(), spec.place(), Lsm6dso.SPI_HZ), 0);
    }
}
