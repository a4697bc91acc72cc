package dev.tocsin.firmware.board;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The 40-pin header, the same on every model since 2014 (Raspberry Pi documentation, "GPIO and the 40-pin header"). BCM 0
 * and 1 are on it too, but belong to the add-on board's identity EEPROM.
 */
final class Header {

    static final int LOWEST_BCM = 2;
    static final int HIGHEST_BCM = 27;

    /** Models that have this header and that Pi4J's gpiod driver knows. */
    static final List<String> MODELS =
            List.of("raspberry-pi-3", "raspberry-pi-4", "raspberry-pi-5", "raspberry-pi-zero-2-w");

    /** Index is the BCM number less {@link #LOWEST_BCM}. */
    private static final int[] PIN_OF_BCM = {
        3, 5, 7, 29, 31, 26, 24, 21, 19, 23, 32, 33, 8, 10, 36, 11, 12, 35, 38, 40, 15, 16, 18, 22, 37, 13
    };

    /** What a profile may keep for a bus, and the lines that it takes then. Ordered, so that messages do not change. */
    static final List<Bus> BUSES = List.of(
            new Bus("i2c1", Map.of(2, "SDA1", 3, "SCL1")),
            new Bus("spi0", Map.of(7, "CE1", 8, "CE0", 9, "MISO", 10, "MOSI", 11, "SCLK")),
            new Bus("spi1", Map.of(16, "CE2", 17, "CE1", 18, "CE0", 19, "MISO", 20, "MOSI", 21, "SCLK")),
            new Bus("uart0", Map.of(14, "TXD0", 15, "RXD0")),
            new Bus("w1", Map.of(4, "1-Wire")));

    private Header() {}

    private static final Set<Integer> GROUNDS = Set.of(6, 9, 14, 20, 25, 30, 34, 39);
    private static final int PINS = 40;

    /** The header under a profile, pin 1 first. */
    static List<HeaderPin> of(BoardProfile profile) {
        Map<Integer, HeaderPin> lines = new HashMap<>();
        for (int bcm = LOWEST_BCM; bcm <= HIGHEST_BCM; bcm++) {
            int number = PIN_OF_BCM[bcm - LOWEST_BCM];
            lines.put(number, new HeaderPin.Free(number, bcm));
        }
        for (Bus bus : BUSES) {
            if (profile.buses().contains(bus.name())) {
                bus.signals().forEach((bcm, signal) -> {
                    int number = PIN_OF_BCM[bcm - LOWEST_BCM];
                    lines.put(number, new HeaderPin.OfBus(number, bcm, bus.name(), signal));
                });
            }
        }
        profile.pins().forEach(pin -> lines.put(pin.header(), new HeaderPin.Wired(pin.header(), pin)));
        return IntStream.rangeClosed(1, PINS)
                .mapToObj(number -> lines.getOrDefault(number, fixed(number)))
                .toList();
    }

    private static HeaderPin fixed(int number) {
        if (GROUNDS.contains(number)) {
            return new HeaderPin.Ground(number);
        }
        return switch (number) {
            case 1, 17 -> new HeaderPin.Supply(number, HeaderPin.Volts.V3_3);
            case 2, 4 -> new HeaderPin.Supply(number, HeaderPin.Volts.V5);
            default -> new HeaderPin.Identity(number, number - 27); // 27 and 28: BCM 0 and 1
        };
    }

    /** Where on the header a line is; nothing if it is not there. */
    static OptionalInt pinOf(int bcm) {
        return bcm < LOWEST_BCM || bcm > HIGHEST_BCM
                ? OptionalInt.empty()
                : OptionalInt.of(PIN_OF_BCM[bcm - LOWEST_BCM]);
    }

    /** Lines with a 1.8 kiloohm resistor to 3.3 V soldered to the board, which no pull setting takes away. */
    static boolean hasFixedPullUp(int bcm) {
        return bcm == 2 || bcm == 3;
    }

    static Optional<Bus> bus(String name) {
        return BUSES.stream().filter(bus -> bus.name().equals(name)).findFirst();
    }

    /**
     * A bus.
     *
     * @param signals line to signal
     */
    record Bus(String name, Map<Integer, String> signals) {}
}
