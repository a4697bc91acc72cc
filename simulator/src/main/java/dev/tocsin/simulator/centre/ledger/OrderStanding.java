package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.OrderResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an order stands, by the ledger.
 *
 * @param plan the order
 * @param ordered when it was given
 * @param state what its device said last; empty: nothing yet
 * @param text the same in the device's words
 */
public record OrderStanding(OrderPlan plan, Instant ordered, Optional<OrderResult.State> state, String text) {

    /** Entries that are looked back at. */
    public static final int LOOK_BACK = 5_000;

    private static final Pattern RESULT =
            Pattern.compile("order (\\d{1,18}) (under way|done|failed|refused)(?:: (.*))?", Pattern.DOTALL);

    /** What a person reads in a list: pending, under way, done, failed, refused, expired. */
    public String word(Instant now) {
        return state.map(OrderStanding::word).orElse(now.isBefore(plan.expires()) ? "pending" : "expired");
    }

    static String word(OrderResult.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String detail(OrderResult r) {
        return "order " + r.number() + " " + word(r.state()) + (r.text().isEmpty() ? "" : ": " + r.text());
    }

    /** The number of the order whose result an entry holds. */
    public static Optional<Long> numberOf(Entry entry) {
        Matcher m = RESULT.matcher(entry.fact().detail());
        return entry.type() == EntryType.ORDER_RESULT && m.matches()
                ? Optional.of(Long.parseLong(m.group(1)))
                : Optional.empty();
    }

    /** The orders of a ledger, oldest first. */
    public static List<OrderStanding> all(LedgerView ledger) {
        record Key(String device, long number) {}
        Map<Key, OrderStanding> all = new LinkedHashMap<>();
        for (Entry entry : ledger.orders(Long.MAX_VALUE, LOOK_BACK).reversed()) {
            OrderPlan.of(entry)
                    .ifPresent(plan -> all.put(
                            new Key(plan.device(), plan.number()),
                            new OrderStanding(plan, entry.time(), Optional.empty(), "")));
            Matcher m = RESULT.matcher(entry.fact().detail());
            if (entry.type() == EntryType.ORDER_RESULT && m.matches()) {
                Key key = new Key(entry.fact().device(), Long.parseLong(m.group(1)));
                String text = Optional.ofNullable(m.group(3)).orElse("");
                all.computeIfPresent(
                        key,
                        (k, s) -> s.state.filter(OrderResult.State::isFinal).isPresent()
                                ? s // the first final word stands
                                : new OrderStanding(s.plan, s.ordered, state(m.group(2)), text));
            }
        }
        return new ArrayList<>(all.values());
    }

    private static Optional<OrderResult.State> state(String word) {
        for (OrderResult.State state : OrderResult.State.values()) {
            if (word(state).equals(word)) {
                return Optional.of(state);
            }
        }
        return Optional.empty();
    }
}
