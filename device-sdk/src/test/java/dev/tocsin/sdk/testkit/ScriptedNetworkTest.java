package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.ExchangeListener;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The fakes do what they say. */
class ScriptedNetworkTest {

    private static final Retransmission THREE =
            new Retransmission(Duration.ofSeconds(1), 1.0, 2.0, 2, OptionalInt.empty());

    private final VirtualTime time = new VirtualTime();
    private final ScriptedNetwork network = new ScriptedNetwork(time, new SeededEntropy(1));
    private final ScriptedCentre centre = new ScriptedCentre("police", time);
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Long> sentNs = new ArrayList<>();
    private final VirtualTime.Life life = time.life();
    private final ScriptedTransport transport = network.connect(life);
    private final long startNs = time.nanoTime();

    private Cancellable post(String address) {
        Bytes alarm =
                Messages.sign(TestAlarms.panic("d", 1), TestKeys.signer("d")).bytes();
        return transport.post(new Post(address, "alarm", Content.COSE_SIGN1, alarm, THREE), new ExchangeListener() {
            @Override
            public void sent() {
                sentNs.add(time.nanoTime() - startNs);
            }

            @Override
            public void ended(Outcome outcome) {
                outcomes.add(outcome);
            }
        });
    }

    @Test
    void an_exchange_ends_with_the_answer_after_both_ways() {
        network.at("here", centre);
        network.oneWay(Duration.ofMillis(100));
        post("here");
        assertThat(outcomes).isEmpty();
        assertThat(sentNs).as("never inside the call").isEmpty();
        time.advance(Duration.ofMillis(199));
        assertThat(outcomes).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(outcomes).hasSize(1).first().isInstanceOfSatisfying(Outcome.Answered.class, a -> {
            assertThat(a.code()).isEqualTo(204);
            assertThat(a.roundTrip()).isEqualTo(Duration.ofMillis(200));
            assertThat(a.transmissions()).isEqualTo(1);
        });
        assertThat(time.runUntilIdle(Duration.ofHours(1))).isTrue();
        assertThat(outcomes).hasSize(1);
        assertThat(centre.ledger()).hasSize(1);
    }

    @Test
    void an_exchange_without_an_answer_is_sent_again_as_asked_and_then_given_up() {
        network.at("here", centre);
        network.down("here");
        post("here");
        time.advance(Duration.ofMillis(6_999));
        assertThat(outcomes).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(outcomes).containsExactly(new Outcome.NoAnswer(3));
        assertThat(sentNs).containsExactly(0L, 1_000_000_000L, 3_000_000_000L);
        assertThat(network.sent())
                .extracting(ScriptedNetwork.Sent::transmission)
                .containsExactly(1, 2, 3);
    }

    @Test
    void a_copy_of_a_request_gets_the_same_answer_and_is_taken_once() {
        network.at("here", centre);
        network.losesAnswersOf("here");
        post("here");
        time.advance(Duration.ofMillis(1_500));
        network.up("here");
        time.advance(Duration.ofSeconds(10));
        assertThat(outcomes)
                .hasSize(1)
                .first()
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        a -> assertThat(a.transmissions()).isEqualTo(3));
        assertThat(centre.seen()).hasSize(1);
    }

    @Test
    void loss_hits_datagrams_both_ways_as_often_as_said() {
        network.at("here", centre);
        network.loss(0.5);
        for (int i = 0; i < 4_000; i++) {
            post("here");
        }
        time.advance(Duration.ofMillis(500));
        assertThat(outcomes.size()).as("first transmissions answered").isBetween(850, 1_150);
    }

    @Test
    void an_address_without_a_centre_or_network_is_unreachable() {
        network.at("here", centre);
        network.unreachable("here", "no network");
        post("here");
        post("elsewhere");
        assertThat(outcomes).as("never inside the call").isEmpty();
        time.settle();
        assertThat(outcomes)
                .containsExactly(new Outcome.Unreachable("no network"), new Outcome.Unreachable("no such host"));
    }

    @Test
    void a_cancelled_exchange_and_a_device_without_power_hear_nothing() {
        network.at("here", centre);
        post("here").cancel();
        time.advance(Duration.ofSeconds(10));
        assertThat(network.sent()).isEmpty();
        post("here");
        time.advance(Duration.ofMillis(1));
        life.end();
        time.advance(Duration.ofSeconds(10));
        assertThat(outcomes).isEmpty();
        assertThat(centre.ledger()).as("but the datagram was on its way").hasSize(1);
    }

    @Test
    void the_same_seed_makes_the_same_run() {
        List<List<ScriptedNetwork.Sent>> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            VirtualTime t = new VirtualTime();
            ScriptedNetwork n = new ScriptedNetwork(t, new SeededEntropy(5));
            n.at("here", new ScriptedCentre("police", t));
            n.loss(0.4);
            ScriptedTransport device = n.connect(t);
            for (int i = 0; i < 50; i++) {
                Bytes alarm = Messages.sign(TestAlarms.panic("d", i + 1), TestKeys.signer("d"))
                        .bytes();
                device.post(new Post("here", "alarm", Content.COSE_SIGN1, alarm, Retransmission.RFC_7252), o -> {});
            }
            t.advance(Duration.ofMinutes(5));
            runs.add(n.sent());
        }
        assertThat(runs.get(0)).hasSizeGreaterThan(60).isEqualTo(runs.get(1));
    }

    @Test
    void tasks_run_in_the_order_of_their_time_and_then_of_their_making() {
        List<String> ran = new ArrayList<>();
        time.schedule(2_000, () -> ran.add("late"));
        time.schedule(1_000, () -> ran.add("first"));
        time.schedule(1_000, () -> {
            ran.add("second");
            time.schedule(0, () -> ran.add("fourth"));
        });
        time.schedule(1_000, () -> ran.add("third"));
        time.schedule(-5, () -> ran.add("now"));
        time.schedule(1_500, () -> ran.add("never")).cancel();
        assertThat(ran).isEmpty();
        time.advance(Duration.ofNanos(1_999));
        assertThat(ran).containsExactly("now", "first", "second", "third", "fourth");
        assertThat(time.nanoTime() - startNs).isEqualTo(1_999);
        assertThat(time.runUntilIdle(Duration.ofSeconds(1))).isTrue();
        assertThat(ran).endsWith("late");
        assertThat(time.runUntil(() -> false, Duration.ofSeconds(1))).isFalse();
    }

    @Test
    void a_task_that_schedules_itself_for_ever_is_found_out() {
        Runnable[] loop = new Runnable[1];
        loop[0] = () -> time.schedule(0, loop[0]);
        time.schedule(0, loop[0]);
        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(1))).hasMessageContaining("for ever");
    }
}
