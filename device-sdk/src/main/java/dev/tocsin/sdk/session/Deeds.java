package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.OrderBookPage;
import dev.tocsin.sdk.codec.OrderBookPage.Adjusted;
import dev.tocsin.sdk.codec.OrderBookPage.Probation;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.OrderResult.State;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Does what was ordered. Nothing here touches a panic: a press is raised, latched and sent by the session as if there were no
 * orders, and what would get in its way waits for it or is refused. Belongs to the event loop.
 */
final class Deeds {

    /** How long a result may take to its centre before the program ends all the same. */
    static final Duration ANSWER_FIRST = Duration.ofSeconds(5);

    /** From one ordered restart to the next: a press in the seconds of a restart is missed, unless it is held. */
    static final Duration BETWEEN_RESTARTS = Duration.ofMinutes(10);

    /** Restarts within a probation before the settings go back. */
    static final int MAX_BOOTS = 2;

    /** Inputs that may be bypassed at once. */
    static final int MAX_BYPASSED = 16;

    /** Says what came of an order. */
    interface Conclusion {
        void is(State state, String text);
    }

    /** What deeds need of the session. */
    interface Host {
        /** Why this is no time to restart or to play with the lamp, if so: an alarm or a drill. */
        Optional<String> alarmOut();

        /** What drills have spent of their budget. */
        Duration drillsSpent();

        /** Centres that are heard of. */
        Set<String> linked();

        /** From now on the device beats so; empty: as its configuration says. */
        void tune(Adjusted settings);

        void locate(boolean blinks);

        void maintenance(String input, String text);

        /**
         * It is over.
         *
         * @param standing alarms that were marked and are not over: live from now on
         */
        void maintenanceOver(String input, String why, List<Alarm> standing);

        void testAlarm(String text, Consumer<AlarmStatus> raised);
    }

    private record Bypass(Cancellable timer) {}

    private final Clock clock;
    private final Timers timers;
    private final OrderBook book;
    private final Bypasses bypasses;
    private final Host host;
    private final Map<String, Bypass> bypassed = new LinkedHashMap<>();
    private final long startNs;
    private final boolean restartWasOrdered;
    private Maintenance around = Maintenance.NONE;
    private @Nullable Cancellable locating;
    private @Nullable Cancellable probation;
    private @Nullable Conclusion adjusting;
    private @Nullable SelfTest selfTest;
    private @Nullable Cancellable restarting;
    private @Nullable Conclusion restart;

    Deeds(Clock clock, Timers timers, OrderBook book, Bypasses bypasses, Host host) {
        this.clock = clock;
        this.timers = timers;
        this.book = book;
        this.bypasses = bypasses;
        this.host = host;
        this.startNs = clock.nanoTime();
        this.restartWasOrdered = book.page().drillsSpent().isPresent();
    }

    /** What is around the device. */
    void standIn(Maintenance program) {
        around = program;
    }

    /** Why this cannot be done now. */
    Optional<String> objection(OrderTask task) {
        if (restart != null) {
            return Optional.of("the device is about to restart");
        }
        return switch (task) {
            case OrderTask.Adjust a -> adjustObjection(a);
            case OrderTask.Locate l -> host.alarmOut();
            case OrderTask.SelfTest t -> selfTest != null ? Optional.of("a self-test is under way") : host.alarmOut();
            case OrderTask.Reboot r -> restartObjection();
            case OrderTask.Bypass b -> bypassObjection(b);
        };
    }

    private Optional<String> restartObjection() {
        if (around.restart().isEmpty()) {
            return Optional.of("nobody would start this program again");
        }
        if (probation != null) {
            return Optional.of("settings are on probation");
        }
        return restartWasOrdered && clock.nanoTime() - startNs < BETWEEN_RESTARTS.toNanos()
                ? Optional.of("it was restarted by an order less than " + BETWEEN_RESTARTS.toMinutes() + " min ago")
                : host.alarmOut();
    }

    private Optional<String> adjustObjection(OrderTask.Adjust a) {
        long version = book.page().settings().version();
        if (book.page().probation().isPresent()) {
            return Optional.of("other settings are on probation");
        }
        return a.base() == 0 || a.base() == version
                ? Optional.empty()
                : Optional.of("the settings are of version " + version + ", not " + a.base());
    }

    private Optional<String> bypassObjection(OrderTask.Bypass b) {
        Set<String> sensors = around.sensors();
        if (!sensors.contains(b.input())) {
            return Optional.of("no sensor " + b.input() + " here that could be bypassed"
                    + (sensors.isEmpty() ? "" : "; there is " + String.join(", ", new TreeSet<>(sensors))));
        }
        if (b.lasts().isZero()) {
            return bypassed.containsKey(b.input()) ? Optional.empty() : Optional.of(b.input() + " is not bypassed");
        }
        return bypassed.size() >= MAX_BYPASSED && !bypassed.containsKey(b.input())
                ? Optional.of("more than " + MAX_BYPASSED + " inputs would be bypassed")
                : Optional.empty();
    }

    /** What must be on the disk before it is begun. */
    OrderBookPage prepare(DeviceOrder order, OrderBookPage page) {
        return switch (order.task()) {
            case OrderTask.Adjust a -> {
                Adjusted before = page.settings();
                Adjusted after = new Adjusted(
                        before.version() + 1,
                        a.heartbeat()
                                .map(h -> h.isZero() ? Optional.<Duration>empty() : Optional.of(h))
                                .orElse(before.heartbeat()),
                        a.keepAlive().or(before::keepAlive));
                Set<String> reach = new LinkedHashSet<>(List.of(order.centre()));
                reach.addAll(host.linked());
                yield page.with(
                        after,
                        Optional.of(new Probation(
                                order.centre(), order.number(), before, List.copyOf(reach), a.probation(), 0)));
            }
            case OrderTask.Bypass b -> {
                Set<String> inputs = new LinkedHashSet<>(page.bypassed());
                if (!b.lasts().isZero()) {
                    inputs.add(b.input());
                }
                yield page.withBypassed(List.copyOf(inputs));
            }
            case OrderTask.Locate l -> page;
            case OrderTask.SelfTest t -> page;
            case OrderTask.Reboot r -> page.withDrillsSpent(Optional.of(host.drillsSpent()));
        };
    }

    /** It could not be kept: as if it had not been prepared. */
    OrderBookPage unprepare(DeviceOrder order, OrderBookPage before, OrderBookPage now) {
        return order.task() instanceof OrderTask.Adjust ? now.with(before.settings(), before.probation()) : now;
    }

    /** The order is kept: now. */
    void begin(DeviceOrder order, Conclusion conclusion) {
        switch (order.task()) {
            case OrderTask.Adjust a -> {
                host.tune(book.page().settings());
                onProbation(a.probation(), conclusion);
            }
            case OrderTask.Locate(Duration lasts) -> locate(lasts, conclusion);
            case OrderTask.SelfTest t -> test(order, conclusion);
            case OrderTask.Reboot r -> {
                restart = conclusion;
                restarting = timers.schedule(ANSWER_FIRST.toNanos(), this::restart);
                conclusion.is(State.UNDER_WAY, "restarts");
            }
            case OrderTask.Bypass b -> {
                if (b.lasts().isZero()) {
                    over(b.input(), "ended by " + order.by());
                    conclusion.is(State.DONE, b.input() + " is not bypassed any more");
                } else {
                    bypass(b, order, conclusion);
                }
            }
        }
    }

    /** An earlier boot was in the middle of it. */
    void resume(DeviceOrder order, Conclusion conclusion) {
        Optional<Probation> standing =
                book.page().probation().filter(p -> p.centre().equals(order.centre()) && p.number() == order.number());
        switch (order.task()) {
            case OrderTask.Adjust a
            when standing.isPresent() -> {
                int boots = standing.get().boots() + 1;
                Probation p = standing.get();
                if (boots >= MAX_BOOTS) {
                    adjusting = conclusion;
                    rollBack("the device restarted " + boots + " times before it had reached its centres");
                } else {
                    Probation next = new Probation(p.centre(), p.number(), p.before(), p.reach(), p.lasts(), boots);
                    book.keep(book.page().with(book.page().settings(), Optional.of(next)), kept -> {});
                    onProbation(p.lasts(), conclusion);
                }
            }
            case OrderTask.Reboot r -> conclusion.is(State.DONE, "restarted");
            default -> conclusion.is(State.FAILED, "a restart came between");
        }
    }

    /** All that an earlier boot left has been taken up. */
    void resumed() {
        if (book.page().drillsSpent().isPresent()) {
            book.keep(
                    book.page().withDrillsSpent(Optional.empty()), kept -> {}); // a power cut forgets it, as any drill
        }
        List<String> inputs = book.page().bypassed();
        if (!inputs.isEmpty()) {
            book.keep(book.page().withBypassed(List.of()), kept -> {});
            inputs.forEach(input -> host.maintenanceOver(input, "ended by a restart", List.of()));
        }
        if (book.page().probation().isPresent() && adjusting == null) {
            adjusting = (state, text) -> {}; // its order is not on the page any more
            rollBack("nobody knows any more who ordered it");
        }
    }

    private void onProbation(Duration lasts, Conclusion conclusion) {
        adjusting = conclusion;
        probation = timers.schedule(
                lasts.toNanos(),
                () -> rollBack(String.join(
                                ", ",
                                book.page().probation().map(Probation::reach).orElse(List.of()))
                        + " not reached within " + time(lasts)));
    }

    /** A centre answered a heartbeat that was sent under the settings of now. */
    void reached(String centre) {
        Optional<Probation> standing = book.page().probation();
        if (standing.isEmpty() || probation == null) {
            return;
        }
        Probation p = standing.get();
        List<String> left = new ArrayList<>(p.reach());
        left.remove(centre);
        Adjusted settings = book.page().settings();
        if (!left.isEmpty()) {
            book.turnTo(book.page()
                    .with(
                            settings,
                            Optional.of(
                                    new Probation(p.centre(), p.number(), p.before(), left, p.lasts(), p.boots()))));
            return;
        }
        book.turnTo(book.page().with(settings, Optional.empty()));
        settle(State.DONE, text(settings));
    }

    private void rollBack(String why) {
        book.page().probation().ifPresent(p -> {
            book.turnTo(book.page().with(p.before(), Optional.empty()));
            host.tune(p.before());
            settle(State.FAILED, "rolled back to " + text(p.before()) + ": " + why);
        });
    }

    /** The conclusion keeps the page with it. */
    private void settle(State state, String text) {
        if (probation != null) {
            probation.cancel();
            probation = null;
        }
        Conclusion conclusion = adjusting;
        adjusting = null;
        if (conclusion != null) {
            conclusion.is(state, text);
        }
        book.keep(book.page(), kept -> {}); // also where nobody is told any more
    }

    /** In the largest unit that needs no fraction of it, for people. */
    private static String time(Duration d) {
        long s = d.toSeconds();
        if (s == 0 || s % 60 != 0) {
            return s + "s";
        }
        return s % 3_600 == 0 ? s / 3_600 + "h" : s / 60 + "m";
    }

    private static String text(Adjusted a) {
        return "settings version " + a.version() + ": heartbeat "
                + a.heartbeat().map(Deeds::time).orElse("as configured") + ", keep-alive "
                + a.keepAlive().map(k -> k.isZero() ? "off" : time(k)).orElse("as configured");
    }

    private void locate(Duration lasts, Conclusion conclusion) {
        if (locating != null) {
            locating.cancel();
        }
        host.locate(true);
        locating = timers.schedule(lasts.toNanos(), () -> {
            locating = null;
            host.locate(false);
        });
        conclusion.is(State.DONE, "the lamp blinks for " + time(lasts));
    }

    private void test(DeviceOrder order, Conclusion conclusion) {
        SelfTest test = new SelfTest(clock, timers, found -> {
            selfTest = null;
            conclusion.is(found.well() ? State.DONE : State.FAILED, found.text());
        });
        selfTest = test;
        host.testAlarm("self-test by " + order.by() + " (" + order.centre() + ")", test::alarm);
        around.tryOut(test::board);
    }

    /** Something about an alarm has changed. */
    void changed(AlarmStatus status) {
        if (selfTest != null) {
            selfTest.changed(status);
        }
    }

    private void bypass(OrderTask.Bypass b, DeviceOrder order, Conclusion conclusion) {
        Bypass before = bypassed.remove(b.input());
        if (before != null) {
            before.timer.cancel();
        }
        bypassed.put(
                b.input(), new Bypass(timers.schedule(b.lasts().toNanos(), () -> over(b.input(), "its time is over"))));
        bypasses.begin(b.input());
        String text = b.input() + " is under maintenance for " + time(b.lasts()) + ", by " + order.by() + " ("
                + order.centre() + ")";
        host.maintenance(b.input(), text);
        conclusion.is(State.DONE, "what " + b.input() + " raises is marked TEST for " + time(b.lasts()));
    }

    private void over(String input, String why) {
        Bypass bypass = bypassed.remove(input);
        if (bypass == null) {
            return;
        }
        bypass.timer.cancel();
        List<Alarm> standing = bypasses.end(input);
        List<String> left = new ArrayList<>(book.page().bypassed());
        left.remove(input);
        host.maintenanceOver(input, why, standing);
        book.keep(book.page().withBypassed(left), kept -> {});
    }

    /** A centre has the last result of this order. */
    void told(DeviceOrder order) {
        if (order.task() instanceof OrderTask.Reboot && restart != null) {
            restart();
        }
    }

    private void restart() {
        Conclusion conclusion = restart;
        if (conclusion == null) {
            return;
        }
        restart = null;
        if (restarting != null) {
            restarting.cancel();
            restarting = null;
        }
        Optional<String> why = host.alarmOut();
        if (why.isPresent()) {
            conclusion.is(State.FAILED, "called off: " + why.get());
        } else {
            around.restart().ifPresent(Runnable::run);
        }
    }
}
