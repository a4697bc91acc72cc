package dev.tocsin.simulator.eval;

import dev.tocsin.simulator.eval.Csv.Unusable;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/** The times of water gauges: {@code 2014-05-01 01:00:00} or {@code 2003/01/01 05:00}, with a zone's letters. */
final class LevelTime {

    private static final DateTimeFormatter DASHES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter SLASHES = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");
    private static final Map<String, Integer> HOURS = Map.of(
            "UTC", 0, "GMT", 0, "EST", -5, "EDT", -4, "CST", -6, "CDT", -5, "MST", -7, "MDT", -6, "PST", -8, "PDT", -7);

    private LevelTime() {}

    static long epochSecond(String text, String zone, String at) throws Unusable {
        Integer hours = HOURS.get(zone);
        if (hours == null) {
            throw new Unusable(at + "tz is " + zone + "; it must be one of "
                    + String.join(", ", HOURS.keySet().stream().sorted().toList()));
        }
        return parsed(text, DASHES)
                .or(() -> parsed(text, SLASHES))
                .orElseThrow(() -> new Unusable(
                        at + "\"" + text + "\" is no time; it must be as in 2014-05-01 01:00:00 or 2003/01/01 05:00"))
                .toEpochSecond(ZoneOffset.ofHours(hours));
    }

    private static Optional<LocalDateTime> parsed(String text, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDateTime.parse(text, format));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
