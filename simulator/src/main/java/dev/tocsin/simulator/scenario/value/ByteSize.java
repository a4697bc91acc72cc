package dev.tocsin.simulator.scenario.value;

import java.util.Optional;
import java.util.regex.Pattern;

/** How much room there is: {@code 512B}, {@code 64KiB}, {@code 1MiB}. */
public record ByteSize(long bytes) {

    /** What one looks like. */
    public static final String HINT = "bytes with their unit: 512B, 64KiB, 1MiB";

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})\\s*(B|KiB|MiB)");

    /** Reads one; empty if the text is none. */
    public static Optional<ByteSize> parse(String text) {
        var m = TEXT.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        int shift = switch (m.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            default -> 0;
        };
        return Optional.of(new ByteSize(Long.parseLong(m.group(1)) << shift));
    }
}
