package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.ExchangeListener;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transport} owes a session, whatever carries it. Extend it and say how to reach a centre, how to lose
 * datagrams, and how to let time pass: real time by waiting, virtual time by running.
 */
public abstract class TransportContract {

    /** Patient, so that a busy machine is not taken for a loss. */
    private static final Retransmission PATIENT =
            new Retransmission(Duration.ofSeconds(5), 1, 1, 2, OptionalInt.empty());

    private static final Retransmission THREE_MORE =
            new Retransmission(Duration.ofMillis(100), 1, 1.5, 3, OptionalInt.empty());

    private static final Retransmission MANY_MORE =
            new Retransmission(Duration.ofMillis(100), 1, 1, 50, OptionalInt.empty());

    /** 100 + 150 + 225 + 337.5, less what a timer may be early. */
    private static final Duration WHOLE_SCHEDULE = Duration.ofMillis(800);

    /** What a centre says. */
    protected record Answer(int code, Bytes payload) {}

    /** Datagrams that are lost from now on. */
    protected enum Loss {
        /** None. */
        NONE,
        /** Those to the centre. */
        REQUESTS,
        /** Those from the centre. */
        ANSWERS
    }

    /** The transport under test. */
    protected abstract Transport transport();

    /** Where the centre is. */
    protected abstract String address();

    /** What the centre, at its path {@code alarm}, answers from now on. Asked once for each exchange. */
    protected abstract void centre(Function<Bytes, Answer> behaviour);

    /** From now on these are lost. */
    protected abstract void lose(Loss what);

    /** The centre posts something within the session of the last request that it got; the code that came back. */
    protected abstract CompletionStage<Integer> push(String path, Bytes payload);

    /** Runs a task on the transport's event loop; returns when it has run. */
    protected abstract void onLoop(Runnable task);

    /** Monotonic time. */
    protected abstract long nanoTime();

    /** Lets time pass until the condition holds; fails if it does not come to that. */
    protected abstract void until(BooleanSupplier condition);

    /** Lets so much time pass, or a little more. */
    protected abstract void pass(Duration time);

    private final List<Bytes> atCentre = new CopyOnWriteArrayList<>();
    private final List<String> pushed = new CopyOnWriteArrayList<>();
    private final List<String> wrongs = new CopyOnWriteArrayList<>();
    private final AtomicReference<Thread> loop = new AtomicReference<>(Thread.currentThread());
    private volatile boolean inside;
    private volatile int pushCode = 204;

    @BeforeEach
    void serve() {
        answer(payload -> new Answer(204, payload));
        onLoop(() -> {
            loop.set(Thread.currentThread());
            transport().serve((path, payload) -> {
                calledBack("a push");
                pushed.add(path + " " + payload.hex());
                return pushCode;
            });
        });
    }

    private void answer(Function<Bytes, Answer> behaviour) {
        centre(payload -> {
            atCentre.add(payload);
            return behaviour.apply(payload);
        });
    }

    private void calledBack(String what) {
        if (inside) {
            wrongs.add(what + " inside the call");
        }
        if (Thread.currentThread() != loop.get()) {
            wrongs.add(what + " beside the loop");
        }
    }

    /** One exchange and what is told of it. */
    private final class Seen implements ExchangeListener {
        final AtomicInteger sent = new AtomicInteger();
        final List<Outcome> outcomes = new CopyOnWriteArrayList<>();
        final AtomicReference<Timers.Cancellable> handle = new AtomicReference<>(() -> {});

        @Override
        public void sent() {
            calledBack("sent");
            sent.incrementAndGet();
        }

        @Override
        public void ended(Outcome outcome) {
            calledBack("ended");
            outcomes.add(outcome);
        }

        boolean isOver() {
            return !outcomes.isEmpty();
        }

        Outcome.Answered answered() {
            until(this::isOver);
            assertThat(outcomes).singleElement().isInstanceOf(Outcome.Answered.class);
            return (Outcome.Answered) outcomes.getFirst();
        }
    }

    private static Bytes alarm(int number) {
        return Messages.sign(TestAlarms.panic("button-7", number), TestKeys.signer("button-7"))
                .bytes();
    }

    private static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private Seen post(String to, int number, Retransmission timing) {
        Seen seen = new Seen();
        onLoop(() -> {
            inside = true;
            seen.handle.set(transport().post(new Post(to, "alarm", Content.COSE_SIGN1, alarm(number), timing), seen));
            inside = false;
        });
        return seen;
    }

    private Seen post(int number, Retransmission timing) {
        return post(address(), number, timing);
    }

    /** There is a session now, where there are sessions. */
    private void greet() {
        post(1_000, PATIENT).answered();
        atCentre.clear();
    }

    @Test
    void an_answer_comes_once_with_its_code_and_payload() {
        Seen seen = post(1, PATIENT);
        Outcome.Answered answered = seen.answered();
        assertThat(answered.code()).isEqualTo(204);
        assertThat(answered.payload()).isEqualTo(alarm(1));
        assertThat(answered.transmissions()).isEqualTo(1);
        assertThat(answered.roundTrip()).isPositive();
        pass(Duration.ofMillis(300));
        assertThat(seen.outcomes).hasSize(1);
        assertThat(seen.sent).hasValue(1);
        assertThat(atCentre).containsExactly(alarm(1));
        assertThat(wrongs).isEmpty();
    }

    @Test
    void a_code_that_says_no_is_an_answer_too() {
        answer(payload -> new Answer(403, text("who are you?")));
        Outcome.Answered answered = post(1, PATIENT).answered();
        assertThat(answered.code()).isEqualTo(403);
        assertThat(answered.payload()).isEqualTo(text("who are you?"));
    }

    @Test
    void each_of_many_exchanges_at_once_gets_its_own_answer() {
        List<Seen> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(post(i + 1, PATIENT));
        }
        for (int i = 0; i < 16; i++) {
            assertThat(all.get(i).answered().payload()).isEqualTo(alarm(i + 1));
        }
    }

    @Test
    void without_an_answer_it_is_sent_as_often_as_asked_and_given_up_when_the_schedule_is_over() {
        greet();
        lose(Loss.REQUESTS);
        long beganNs = nanoTime();
        Seen seen = post(1, THREE_MORE);
        until(seen::isOver);
        assertThat(Duration.ofNanos(nanoTime() - beganNs)).isGreaterThan(WHOLE_SCHEDULE);
        assertThat(seen.outcomes).containsExactly(new Outcome.NoAnswer(4));
        assertThat(seen.sent).hasValue(4);
        assertThat(atCentre).isEmpty();
        assertThat(wrongs).isEmpty();
    }

    @Test
    void a_request_that_was_lost_is_sent_again_and_answered() {
        greet();
        lose(Loss.REQUESTS);
        Seen seen = post(1, MANY_MORE);
        until(() -> seen.sent.get() >= 2);
        lose(Loss.NONE);
        assertThat(seen.answered().transmissions()).isGreaterThan(2).isEqualTo(seen.sent.get());
        assertThat(atCentre).containsExactly(alarm(1));
    }

    @Test
    void a_request_whose_answer_was_lost_reaches_the_centre_s_program_once() {
        greet();
        lose(Loss.ANSWERS);
        Seen seen = post(1, MANY_MORE);
        until(() -> seen.sent.get() >= 3);
        lose(Loss.NONE);
        assertThat(seen.answered().payload()).isEqualTo(alarm(1));
        assertThat(atCentre).containsExactly(alarm(1));
    }

    @Test
    void a_cancelled_exchange_is_not_sent_again_and_has_no_outcome() {
        greet();
        lose(Loss.REQUESTS);
        Seen seen = post(1, MANY_MORE);
        until(() -> seen.sent.get() >= 1);
        AtomicInteger sentBefore = new AtomicInteger();
        onLoop(() -> {
            seen.handle.get().cancel();
            seen.handle.get().cancel();
            sentBefore.set(seen.sent.get());
        });
        lose(Loss.NONE);
        pass(Duration.ofMillis(500));
        assertThat(seen.outcomes).isEmpty();
        assertThat(seen.sent).hasValue(sentBefore.get());
    }

    @Test
    void an_address_that_is_none_is_unreachable_and_says_why_but_not_inside_the_call() {
        Seen seen = post("nonsense", 1, PATIENT);
        until(seen::isOver);
        assertThat(seen.outcomes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Unreachable.class,
                        unreachable -> assertThat(unreachable.why()).isNotBlank());
        assertThat(seen.sent).hasValue(0);
        assertThat(wrongs).isEmpty();
    }

    @Test
    void what_a_centre_sends_of_its_own_accord_is_handed_over_and_its_code_goes_back() {
        greet();
        for (int code : new int[] {204, 403}) {
            pushCode = code;
            AtomicInteger back = new AtomicInteger();
            push("receipt", text("accepted")).whenComplete((answer, thrown) -> back.set(answer == null ? -1 : answer));
            until(() -> back.get() != 0);
            assertThat(back).hasValue(code);
        }
        String expected = "receipt " + text("accepted").hex();
        assertThat(pushed).containsExactly(expected, expected);
        assertThat(wrongs).isEmpty();
    }

    @Test
    void nothing_is_told_after_closing() {
        greet();
        lose(Loss.REQUESTS);
        Seen seen = post(1, THREE_MORE);
        until(() -> seen.sent.get() >= 1);
        AtomicInteger sentBefore = new AtomicInteger();
        onLoop(() -> {
            transport().close();
            sentBefore.set(seen.sent.get());
        });
        lose(Loss.NONE);
        pass(WHOLE_SCHEDULE.multipliedBy(2));
        assertThat(seen.outcomes).isEmpty();
        assertThat(seen.sent).hasValue(sentBefore.get());
    }
}
