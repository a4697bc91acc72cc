package dev.tocsin.firmware.board.sensor;

import dev.tocsin.firmware.board.bus.BusException;
import dev.tocsin.firmware.board.bus.I2cBus;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Maxim DS3231, a battery-backed clock that keeps UTC within two minutes a year. It says itself whether its oscillator ever
 * stopped since it was set: then its time is not believed. Belongs to its bus's thread; blocks for some milliseconds.
 *
 * <p>Linux has a driver of its own for it: where {@code dtoverlay=i2c-rtc,ds3231} is set, the kernel keeps the address for
 * itself and sets the machine's clock from it; then leave it out of the board profile.
 *
 * <p>Datasheet: DS3231, 19-5170 rev. 10, figure 1 and "Status register".
 */
public final class Ds3231 {

    /** The only address there is. */
    public static final int ADDRESS = 0x68;

    static final int SECONDS = 0x00;
    static final int CONTROL = 0x0E;
    static final int STATUS = 0x0F;
    static final int TEMPERATURE = 0x11;
    static final int OSCILLATOR_STOPPED = 0x80;

    private static final int OSCILLATOR_OFF_ON_BATTERY = 0x80;
    private static final int TWELVE_HOURS = 0x40;
    private static final int AFTERNOON = 0x20;
    private static final int CENTURY = 0x80;

    private final Registers registers;
    private final LongSupplier nanoTime;
    private final byte[] time = new byte[7];

    /**
     * On a bus.
     *
     * @param bus where it is
     * @param nanoTime the device's monotonic clock
     */
    public Ds3231(I2cBus bus, LongSupplier nanoTime) {
        this.registers = new RetryingRegisters(new I2cRegisters(bus, ADDRESS), nanoTime);
        this.nanoTime = nanoTime;
    }

    /** What the clock says. */
    public sealed interface Reading {

        /**
         * The time, to be believed as one that runs freely: {@code ClockQuality.FREE_RUNNING}.
         *
         * @param time UTC, whole seconds; the second began up to one second before it was read
         * @param readNs when it was read, on the device's monotonic clock
         * @param temperatureC of the chip, whole degrees Celsius
         */
        record Told(Instant time, long readNs, int temperatureC) implements Reading {}

        /**
         * It has a time that means nothing: {@code ClockQuality.UNKNOWN}. Set it when a better clock is known.
         *
         * @param why its oscillator stopped, or no such date exists; for people
         */
        record Unset(String why) implements Reading {}
    }

    /** Reads the time, in one transfer, so that no digit turns over in between. */
    public Reading read() throws BusException {
        if ((registers.read(STATUS) & OSCILLATOR_STOPPED) != 0) {
            return new Reading.Unset("its oscillator stopped since it was set: battery empty or taken out");
        }
        registers.read(SECONDS, time, time.length);
        long readNs = nanoTime.getAsLong();
        int temperatureC = (byte) registers.read(TEMPERATURE);
        try {
            int hour = (time[2] & TWELVE_HOURS) == 0
                    ? decimal(time[2] & 0x3F)
                    : decimal(time[2] & 0x1F) % 12 + ((time[2] & AFTERNOON) == 0 ? 0 : 12);
            LocalDateTime at = LocalDateTime.of(
                    2000 + decimal(time[6] & 0xFF) + ((time[5] & CENTURY) == 0 ? 0 : 100),
                    decimal(time[5] & 0x1F),
                    decimal(time[4] & 0x3F),
                    hour,
                    decimal(time[1] & 0x7F),
                    decimal(time[0] & 0x7F));
            return new Reading.Told(at.toInstant(ZoneOffset.UTC), readNs, temperatureC);
        } catch (DateTimeException e) {
            return new Reading.Unset("it holds no date: " + e.getMessage());
        }
    }

    /**
     * Sets it, lets it run on its battery, and only then takes back that it ever stopped.
     *
     * @param to 2000 to 2199, UTC; {@link IllegalArgumentException} otherwise
     */
    public void set(Instant to) throws BusException {
        LocalDateTime at = LocalDateTime.ofInstant(to, ZoneOffset.UTC);
        int year = at.getYear() - 2000;
        if (year < 0 || year > 199) {
            throw new IllegalArgumentException("a DS3231 has the years 2000 to 2199, not " + at.getYear());
        }
        registers.write(CONTROL, (byte) (registers.read(CONTROL) & ~OSCILLATOR_OFF_ON_BATTERY));
        registers.write(
                SECONDS,
                digits(at.getSecond()),
                digits(at.getMinute()),
                digits(at.getHour()),
                (byte) at.getDayOfWeek().getValue(),
                digits(at.getDayOfMonth()),
                (byte) (digits(at.getMonthValue()) | (year < 100 ? 0 : CENTURY)),
                digits(year % 100));
        registers.write(STATUS, (byte) (registers.read(STATUS) & ~OSCILLATOR_STOPPED));
    }

    private static int decimal(int digits) {
        if ((digits & 0x0F) > 9 || digits >> 4 > 9) {
            throw new DateTimeException("0x%02X is no two decimal digits".formatted(digits));
        }
        return (digits >> 4) * 10 + (digits & 0x0F);
    }

    private static byte digits(int decimal) {
        return (byte) (((decimal / 10) << 4) | (decimal % 10));
    }
}
