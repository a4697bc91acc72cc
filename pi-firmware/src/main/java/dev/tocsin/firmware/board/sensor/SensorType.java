package dev.tocsin.firmware.board.sensor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The parts that have a driver, and what of them can be chosen. Documented for people in docs/sensors.md. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable
public enum SensorType {
    /** Acceleration. */
    ADXL345(List.of("x g", "y g", "z g"), true, List.of(0x53, 0x1D), Adxl345.RATES_HZ, 100, Adxl345.RANGES_G, 16, "g"),

    /** Acceleration and turning. */
    LSM6DSO(
            List.of("x g", "y g", "z g", "x rad/s", "y rad/s", "z rad/s"),
            true,
            List.of(0x6A, 0x6B),
            Lsm6dso.RATES_HZ,
            104,
            Lsm6dso.RANGES_G,
            16,
            "g"),

    /** Distance by laser. */
    TF_LUNA(
            List.of("distance m", "strength"),
            false,
            IntStream.concat(
                            IntStream.of(0x10),
                            IntStream.rangeClosed(0x08, 0x77).filter(a -> a != 0x10))
                    .boxed()
                    .toList(),
            TfLuna.RATES_HZ,
            50,
            List.of(),
            0,
            ""),

    /** Four voltages: resistor loops, level probes. */
    ADS1115(
            List.of("ain0 V", "ain1 V", "ain2 V", "ain3 V"),
            false,
            List.of(0x48, 0x49, 0x4A, 0x4B),
            Ads1115.RATES_HZ,
            10,
            Ads1115.RANGES_MV,
            4096,
            "mV"),

    /** The supply. */
    INA219(
            List.of("supply V", "supply A"),
            false,
            IntStream.rangeClosed(0x40, 0x4F).boxed().toList(),
            Ina219.RATES_HZ,
            1,
            List.of(),
            0,
            ""),

    /** Sixteen contacts. */
    MCP23017(
            IntStream.range(0, Mcp23017.CONTACTS)
                    .mapToObj(i -> "gp" + (i < 8 ? "a" : "b") + i % 8)
                    .toList(),
            false,
            IntStream.rangeClosed(0x20, 0x27).boxed().toList(),
            Mcp23017.RATES_HZ,
            50,
            List.of(),
            0,
            ""),

    /** A clock: not read as samples, see {@link Ds3231}. */
    DS3231(List.of(), false, List.of(Ds3231.ADDRESS), List.of(), 0, List.of(), 0, "");

    private final List<String> channels;
    private final boolean isOnSpi;
    private final List<Integer> addresses;
    private final List<Integer> ratesHz;
    private final int usualRateHz;
    private final List<Integer> ranges;
    private final int usualRange;
    private final String rangeUnit;

    SensorType(
            List<String> channels,
            boolean isOnSpi,
            List<Integer> addresses,
            List<Integer> ratesHz,
            int usualRateHz,
            List<Integer> ranges,
            int usualRange,
            String rangeUnit) {
        this.channels = channels;
        this.isOnSpi = isOnSpi;
        this.addresses = addresses;
        this.ratesHz = ratesHz;
        this.usualRateHz = usualRateHz;
        this.ranges = ranges;
        this.usualRange = usualRange;
        this.rangeUnit = rangeUnit;
    }

    /** The part of that name, as in a board profile. */
    public static Optional<SensorType> of(String name) {
        return Arrays.stream(values()).filter(t -> t.text().equals(name)).findFirst();
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(SensorType::text).toList();
    }

    /** As in a board profile: {@code tf-luna}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The values of a sample, in order, each with its unit; none for the clock. */
    public List<String> channels() {
        return channels;
    }

    /** Whether it can be on SPI too. All can be on I2C. */
    public boolean isOnSpi() {
        return isOnSpi;
    }

    /** Its addresses on I2C, the usual one first. */
    public List<Integer> addresses() {
        return addresses;
    }

    /** Samples a second that can be had, readings a second for contacts; none for the clock. */
    public List<Integer> ratesHz() {
        return ratesHz;
    }

    /** The rate where the profile names none. */
    public int usualRateHz() {
        return usualRateHz;
    }

    /** What its range can be set to, plus and minus; none where it has one range only. */
    public List<Integer> ranges() {
        return ranges;
    }

    /** The range where the profile names none. */
    public int usualRange() {
        return usualRange;
    }

    /** The unit of its ranges. */
    public String rangeUnit() {
        return rangeUnit;
    }
}
