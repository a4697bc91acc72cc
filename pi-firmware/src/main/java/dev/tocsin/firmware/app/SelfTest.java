package dev.tocsin.firmware.app;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.DebouncedInput;
import dev.tocsin.firmware.board.Part;
import dev.tocsin.firmware.board.Pin;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.RaisedAlarm;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.StageTimes;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tries a device out: each lamp and sounder, each contact, and a TEST alarm to every centre with its receipt. The contacts
 * are not wired to the device meanwhile, so that no press of the test summons anybody. Called by one thread, which it holds
 * up; what it did comes as sentences.
 */
final class SelfTest {

    /** How long an output is on where nobody looks. */
    private static final Duration BLINK = Duration.ofMillis(200);

    /** What may be loud. */
    private static final Set<Part> SOUNDING = EnumSet.of(Part.BUZZER, Part.DRIVER);

    /** What is open unless a hand is on it. A lid, a beam or a float is as its place makes it. */
    private static final Set<Part> HANDS = EnumSet.of(Part.BUTTON, Part.KEY);

    private final TocsinRuntime runtime;
    private final Words words;
    private final Optional<Person> person;
    private final Patience patience;
    private final Consumer<String> say;
    private final List<String> failed = new ArrayList<>();

    /** Somebody who stands in front of the device. */
    interface Person {
        /** Asks a question that is answered yes or no. Blocks. */
        boolean confirms(String question);
    }

    /**
     * How long to wait.
     *
     * @param look how long an output is on for somebody who looks
     * @param press for a press
     * @param receipt for all receipts
     */
    record Patience(Duration look, Duration press, Duration receipt) {
        static final Patience USUAL =
                new Patience(Duration.ofSeconds(1), Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    /**
     * A test.
     *
     * @param person empty: nobody is there, and only what needs no hand and no eye is tested
     * @param say takes sentences
     */
    SelfTest(TocsinRuntime runtime, Words words, Optional<Person> person, Patience patience, Consumer<String> say) {
        this.runtime = runtime;
        this.words = words;
        this.person = person;
        this.patience = patience;
        this.say = say;
    }

    /** What did not pass, by name. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    /** Switches each output on and off again. */
    void outputs(Board board, boolean quiet) throws InterruptedException {
        for (Pin pin : board.profile().outputs().values()) {
            if (quiet && SOUNDING.contains(pin.part())) {
                continue;
            }
            Duration on = person.isPresent() ? patience.look : BLINK;
            if (person.isPresent()) {
                say.accept(words.say("selftest.output", pin.name(), on.toSeconds()));
            }
            runtime.execute(() -> board.output(pin.name()).set(true));
            pause(on);
            runtime.execute(() -> board.output(pin.name()).set(false));
            if (person.isEmpty()) {
                say.accept(words.say("selftest.unseen", pin.name()));
            } else if (person.get().confirms(words.say("selftest.see", pin.name()))) {
                say.accept(words.say("selftest.seen", pin.name()));
            } else {
                fail(pin.name(), words.say("selftest.unseen-failed", pin.name()));
            }
        }
    }

    /** Waits for each contact to close and open; where nobody is there, looks whether it is open. */
    void inputs(Board board) throws InterruptedException {
        Set<String> sensors = board.profile().sensors().values().stream()
                .flatMap(sensor -> sensor.ready().stream())
                .collect(Collectors.toSet());
        for (Pin pin : board.profile().inputs().values()) {
            if (sensors.contains(pin.name())) {
                continue; // no hand moves it
            }
            boolean closed = onLoop(() -> board.isActive(pin.name()));
            if (person.isEmpty()) {
                if (closed && HANDS.contains(pin.part())) {
                    fail(pin.name(), words.say("selftest.stuck", pin.name()));
                } else {
                    say.accept(words.say(closed ? "selftest.closed" : "selftest.rest", pin.name()));
                }
            } else {
                say.accept(words.say("selftest.press", pin.name(), patience.press.toSeconds()));
                if (pressed(board, pin.name())) {
                    say.accept(words.say("selftest.came", pin.name()));
                } else {
                    fail(pin.name(), words.say("selftest.missing", pin.name(), patience.press.toSeconds()));
                }
            }
        }
    }

    /** Raises a TEST alarm and waits for every centre's receipt. */
    void alarm(Device device, List<CentreLink> centres) throws InterruptedException {
        say.accept(words.say(
                "selftest.alarm",
                String.join(", ", centres.stream().map(CentreLink::id).toList())));
        long now = runtime.clock().nanoTime();
        RaisedAlarm raised = device.raise(
                AlarmRequest.test(AlarmKind.PANIC, new StageTimes(now, now)).withText("self-test"));
        var unused = within(raised.receivedByAll(), patience.receipt);
        Optional<AlarmStatus> status = raised.status();
        for (CentreLink centre : centres) {
            Optional<Delivery> d =
                    status.flatMap(s -> Optional.ofNullable(s.deliveries().get(centre.id())));
            if (d.isEmpty() && status.isPresent()) {
                continue; // not on the route of such an alarm
            }
            if (d.isPresent() && d.get().receipt().isPresent()) {
                long ms =
                        Duration.ofNanos(d.get().receivedNs().orElse(now) - now).toMillis();
                say.accept(words.say(
                        "selftest.receipt",
                        centre.id(),
                        ms,
                        d.get().receipt().get().ledgerNumber()));
            } else {
                String why = d.map(Delivery::remark)
                        .filter(r -> !r.isEmpty())
                        .map(r -> ": " + r)
                        .orElse("");
                fail(centre.id(), words.say("selftest.no-receipt", centre.id(), patience.receipt.toSeconds(), why));
            }
        }
    }

    private boolean pressed(Board board, String input) throws InterruptedException {
        CompletableFuture<Boolean> released = new CompletableFuture<>();
        DebouncedInput contact = new DebouncedInput(
                board, input, runtime.timers(), runtime.clock()::nanoTime, DebouncedInput.Settings.DEFAULT);
        runtime.execute(() -> {
            contact.onReleased((edgeNs, decidedNs) -> released.complete(true));
            contact.start();
        });
        boolean came = within(released, patience.press).orElse(false);
        runtime.execute(contact::close);
        return came;
    }

    private void fail(String name, String sentence) {
        failed.add(name);
        say.accept(sentence);
    }

    private void pause(Duration time) throws InterruptedException {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        runtime.timers().schedule(time.toNanos(), () -> over.complete(true));
        var unused = within(over, time.multipliedBy(10));
    }

    private boolean onLoop(BooleanSupplier question) throws InterruptedException {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        runtime.execute(() -> answer.complete(question.getAsBoolean()));
        return within(answer, patience.press).orElse(false);
    }

    private static <T> Optional<T> within(CompletableFuture<T> future, Duration time) throws InterruptedException {
        try {
            return Optional.of(future.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
