package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.OrderTask;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An order as a person gave it. In the ledger it is the entry's device and detail, in words that can be read back.
 *
 * @param device the one that it is for
 * @param number rises with each order to that device
 * @param task what is to be done
 * @param expires not begun any later, the centre's wall clock
 * @param by who ordered it
 */
public record OrderPlan(String device, long number, OrderTask task, Instant expires, String by) {

    private static final Pattern DETAIL = Pattern.compile("order (\\d{1,18}): (.+), until (\\S+)");

    /** How the detail of an order of this number begins. */
    public static String beginning(long number) {
        return "order " + number + ": ";
    }

    String detail() {
        return beginning(number) + words() + ", until " + expires;
    }

    /** What is ordered, for people. */
    public String words() {
        return OrderWords.of(task);
    }

    /** The order that an entry speaks of; empty for other entries. */
    public static Optional<OrderPlan> of(Entry entry) {
        Matcher m = DETAIL.matcher(entry.fact().detail());
        if (entry.type() != EntryType.ORDERED || !m.matches()) {
            return Optional.empty();
        }
        try {
            Instant expires = Instant.parse(m.group(3));
            return OrderWords.read(m.group(2))
                    .map(task -> new OrderPlan(
                            entry.fact().device(),
                            Long.parseLong(m.group(1)),
                            task,
                            expires,
                            entry.fact().by()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
