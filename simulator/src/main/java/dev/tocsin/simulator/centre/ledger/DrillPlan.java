package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.DrillOrder;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A drill as a person ordered it. In the ledger the pattern of devices stands where an alarm has its device, and the rest is
 * the entry's detail, in words that can be read back.
 *
 * @param order its name
 * @param devices pattern of device ids; {@code *} stands for anything
 * @param begins when it begins, the centre's wall clock
 * @param ends when it ends
 * @param places where, for people; may be empty
 */
public record DrillPlan(String order, String devices, Instant begins, Instant ends, String places) {

    private static final Pattern DETAIL = Pattern.compile("drill (\\S+) from (\\S+) to (\\S+)(?: at (.*))?");

    /** Longest from its entry until its end. */
    public static final Duration LONGEST = DrillOrder.MAX_STARTS_AFTER.plus(DrillOrder.MAX_LASTS);

    /** Whether the drill is for this device. */
    public boolean covers(String device) {
        String pattern = Pattern.quote(devices).replace("*", "\\E.*\\Q");
        return Pattern.matches(pattern, device);
    }

    String detail() {
        return "drill " + order + " from " + begins + " to " + ends + (places.isEmpty() ? "" : " at " + places);
    }

    /** The drill that an entry speaks of; empty for other entries. */
    public static Optional<DrillPlan> of(Entry entry) {
        if (entry.type() != EntryType.DRILL_BEGUN && entry.type() != EntryType.DRILL_ENDED) {
            return Optional.empty();
        }
        Matcher m = DETAIL.matcher(entry.fact().detail());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DrillPlan(
                    m.group(1),
                    entry.fact().device(),
                    Instant.parse(m.group(2)),
                    Instant.parse(m.group(3)),
                    Optional.ofNullable(m.group(4)).orElse("")));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
