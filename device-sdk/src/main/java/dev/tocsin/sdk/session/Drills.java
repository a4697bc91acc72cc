package dev.tocsin.sdk.session;

import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.OrderKind;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.session.Echoes.Echo;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a press is a drill. Believes an order, and forgets it at its end, at a live alarm and at a reboot. Both borders of
 * a drill err towards LIVE: it begins counted from the latest moment at which the centre can have made the order, which is
 * when it came, and ends counted from the earliest at which it can have heard the heartbeat that the order answers, which is
 * when that left. What the answer to that heartbeat says of it is nothing: a copy of a heartbeat, held back on the way, is
 * heard again long after the answer. Belongs to the event loop.
 */
final class Drills {

    /** A second press within this time of the one before is LIVE. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    /** Orders remembered as over, so that none of them begins twice. */
    static final int MAX_OVER = 16;

    /** Told what comes of orders. */
    interface Listener {
        /** Why there can be no drill on this device now, if so. */
        Optional<String> objection();

        /** Whether a press is a drill from now on. */
        void drillRuns(boolean runs);

        /** It is over on this device. */
        void drillOver(String why);

        /** For the log. */
        void remark(String sentence);
    }

    private record Drill(String centre, String order, long startNs, long endNs) {}

    private final String device;
    private final Clock clock;
    private final Timers timers;
    private final Listener listener;
    private final SequencedSet<String> over = new LinkedHashSet<>();
    private final DrillBudget budget = new DrillBudget();
    private @Nullable Drill last;
    private @Nullable Cancellable starting;
    private @Nullable Cancellable ending;
    private OptionalLong lastPressNs = OptionalLong.empty();
    private boolean ended; // the last one, by whatever
    private boolean running; // as it was told
    private String lastDoubt = "";

    Drills(String device, Clock clock, Timers timers, Listener listener) {
        this.device = device;
        this.clock = clock;
        this.timers = timers;
        this.listener = listener;
    }

    /** So much was spent before the restart of now. How long that took nobody knows: it counts as if it had ended just now. */
    void carryOver(Duration spent) {
        long nowNs = clock.nanoTime();
        budget.spent(nowNs - spent.toNanos(), nowNs);
    }

    /** What the drills of the last day have spent, of two hours. */
    Duration spent() {
        return budget.of(clock.nanoTime());
    }

    /**
     * A panic button was pressed.
     *
     * @param edgeNs when its contact closed
     * @return DRILL only if a drill ran at that moment and runs still, and the press before was long enough ago
     */
    Mode press(long edgeNs) {
        OptionalLong before = lastPressNs;
        lastPressNs = OptionalLong.of(edgeNs);
        boolean again = before.isPresent() && edgeNs - before.getAsLong() <= AGAIN.toNanos();
        Drill drill = last;
        boolean runs = drill != null
                && !isOver(drill)
                && edgeNs - drill.startNs >= 0
                && clock.nanoTime() - drill.startNs >= 0; // an edge of the future is a doubt
        return runs && !again ? Mode.DRILL : Mode.LIVE;
    }

    private boolean isOver(Drill drill) {
        return ended || clock.nanoTime() - drill.endNs >= 0;
    }

    /**
     * A centre of this device signed an order.
     *
     * @param echoes of the heartbeats to this centre
     * @return whether it stands as the centre said; otherwise it was refused
     */
    boolean ordered(CentreLink centre, DrillOrder order, Echoes echoes) {
        Optional<Echo> echo = echoes.find(order.echo());
        Optional<String> doubt;
        if (!centre.modes().contains(Mode.DRILL)) {
            doubt = Optional.of("this centre gets no drills here, and so orders none");
        } else if (!centre.may().contains(OrderKind.DRILL)) {
            doubt = Optional.of("this centre may not order drills here");
        } else if (!order.device().equals(device)) {
            doubt = Optional.of("it is for " + order.device());
        } else if (echo.isEmpty()) {
            doubt = Optional.of("it answers none of the last heartbeats");
        } else {
            doubt = order.isCancel() ? cancelled(order) : begun(order, echo.get());
        }
        doubt.ifPresent(why -> doubted(centre, "drill " + order.order() + " refused: " + why));
        return doubt.isEmpty();
    }

    /** What came in a centre's place was not signed by it, or is no order. Said once in a row. */
    void doubted(CentreLink centre, String why) {
        String sentence = "an order from " + centre.id() + ": " + why;
        if (!sentence.equals(lastDoubt)) {
            lastDoubt = sentence;
            listener.remark(sentence);
        }
    }

    private Optional<String> cancelled(DrillOrder order) {
        Drill drill = last;
        if (drill != null && drill.centre.equals(order.centre()) && drill.order.equals(order.order())) {
            end("ended by " + order.by());
        } else {
            remember(name(order.centre(), order.order())); // should its beginning be on its way still
        }
        return Optional.empty();
    }

    private Optional<String> begun(DrillOrder order, Echo echo) {
        if (order.lasts().compareTo(DrillOrder.MAX_LASTS) > 0
                || order.startsAfter().compareTo(DrillOrder.MAX_STARTS_AFTER) > 0) {
            return Optional.of("longer than " + DrillOrder.MAX_LASTS.toHours() + " h, or further ahead than "
                    + DrillOrder.MAX_STARTS_AFTER.toHours() + " h");
        }
        if (over.contains(name(order.centre(), order.order()))) {
            return Optional.of("it is over on this device");
        }
        Drill standing = last;
        if (standing != null && !isOver(standing)) {
            return standing.centre.equals(order.centre()) && standing.order.equals(order.order())
                    ? Optional.empty() // known, and no longer for being said again
                    : Optional.of("drill " + standing.order + " of " + standing.centre + " is not over");
        }
        end("its time is over"); // the one before, if its timer is late
        Optional<String> objection = listener.objection();
        if (objection.isPresent()) {
            return objection;
        }
        long nowNs = clock.nanoTime();
        Duration ahead = order.startsAfter().minus(order.madeAfter());
        long startNs = ahead.isNegative() ? nowNs : nowNs + ahead.toNanos(); // nobody knew of it before
        long endNs = echo.sentNs() + order.startsAfter().plus(order.lasts()).toNanos();
        if (endNs - nowNs <= 0 || endNs - startNs <= 0) {
            return Optional.of("its time is over");
        }
        if (!budget.allows(startNs, endNs)) {
            return Optional.of("with it this device would be in drills for more than " + DrillBudget.MOST.toHours()
                    + " h of " + DrillBudget.WINDOW.toHours());
        }
        begin(new Drill(order.centre(), order.order(), startNs, endNs), nowNs);
        listener.remark("drill " + order.order() + " ordered by " + order.by() + " at " + order.centre() + " ("
                + order.places() + "): begins in " + Math.max(0, (startNs - nowNs) / 1_000_000_000) + " s, ends in "
                + (endNs - nowNs) / 1_000_000_000 + " s");
        return Optional.empty();
    }

    private void begin(Drill drill, long nowNs) {
        last = drill;
        ended = false;
        if (drill.startNs - nowNs <= 0) {
            run();
        } else {
            starting = timers.schedule(drill.startNs - nowNs, this::run);
        }
        ending = timers.schedule(drill.endNs - nowNs, () -> end("its time is over"));
    }

    private void run() {
        starting = null;
        running = true;
        listener.drillRuns(true);
    }

    /** It is over on this device, if it is not already. It does not begin again, whatever is ordered under its name. */
    void end(String why) {
        Drill drill = last;
        if (drill == null || ended) {
            return;
        }
        ended = true;
        budget.spent(drill.startNs, Math.min(clock.nanoTime() - drill.endNs, 0) + drill.endNs);
        remember(name(drill.centre, drill.order));
        if (starting != null) {
            starting.cancel();
            starting = null;
        }
        if (ending != null) {
            ending.cancel();
            ending = null;
        }
        if (running) {
            running = false;
            listener.drillRuns(false);
        }
        listener.remark("drill " + drill.order + " is over: " + why);
        listener.drillOver(why);
    }

    private void remember(String name) {
        over.add(name);
        if (over.size() > MAX_OVER) {
            over.removeFirst();
        }
    }

    /** For the heartbeat: the order that this boot believed last. */
    Optional<DrillState> state() {
        Drill drill = last;
        if (drill == null) {
            return Optional.empty();
        }
        long nowNs = clock.nanoTime();
        return Optional.of(
                isOver(drill)
                        ? new DrillState(drill.order, Duration.ZERO, Duration.ZERO)
                        : new DrillState(
                                drill.order,
                                Duration.ofNanos(Math.max(0, drill.startNs - nowNs)),
                                Duration.ofNanos(drill.endNs - nowNs)));
    }

    private static String name(String centre, String order) {
        return centre + " " + order;
    }
}
