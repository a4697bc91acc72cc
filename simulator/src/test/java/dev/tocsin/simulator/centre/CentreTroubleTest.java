package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.registry.Registry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a centre says, and does, while its ledger cannot be written or read. */
final class CentreTroubleTest {

    private final HandTime time = new HandTime();
    private final TestDevice button = new TestDevice("school-007/button-3");
    private final TestDevice centreKey = new TestDevice("police");
    private final MemoryLedger ledger = new MemoryLedger(time);
    private final List<String> audit = new ArrayList<>();
    private final TestPeer own = new TestPeer(button.id());
    private final TestReplies replies = new TestReplies();
    private final Registry registry = TestRegistry.of(button);
    private final Centre centre = centre(ledger);

    private Centre centre(Ledger on) {
        return new Centre(
                Settings.of("police"),
                centreKey.signer(),
                () -> registry,
                new Centre.Ports(on, new MemoryEvidence(time), audit::add, time, time, Optional.empty()));
    }

    @BeforeEach
    void start() {
        centre.start();
        settle();
    }

    private void settle() {
        do {
            time.run();
        } while (ledger.commit() > 0);
        time.run();
    }

    private void advance(Duration by) {
        for (Duration left = by; !left.isZero(); left = left.minus(Duration.ofSeconds(1))) {
            time.advance(Duration.ofSeconds(1));
            settle();
        }
    }

    private int heartbeat() {
        centre.heartbeat(button.heartbeat(1, TestDevice.NONCE, Duration.ofSeconds(60)), own, replies);
        time.run();
        return replies.take().code();
    }

    @Test
    void while_the_ledger_cannot_be_written_no_heartbeat_is_answered_as_if_all_were_well() {
        assertThat(heartbeat()).isEqualTo(204);
        ledger.fail(Optional.of("disk full"));
        advance(LedgerHealth.PULSE);

        assertThat(heartbeat()).isEqualTo(503);

        ledger.fail(Optional.empty());
        advance(LedgerHealth.PULSE_IN_TROUBLE);
        assertThat(heartbeat()).isEqualTo(204);
        assertThat(audit)
                .containsSubsequence("the ledger cannot be written: disk full", "the ledger can be written again");
        assertThat(audit)
                .filteredOn(line -> line.startsWith("the ledger cannot"))
                .hasSize(1);
    }

    @Test
    void an_alarm_that_was_not_kept_is_trouble_at_once() {
        ledger.fail(Optional.of("disk full"));
        centre.alarm(button.sign(button.panic(1)), true, own, replies);
        settle();
        assertThat(replies.take().code()).isEqualTo(503);

        assertThat(heartbeat()).isEqualTo(503);
    }

    @Test
    void a_ledger_that_does_not_answer_is_trouble_too() {
        time.advance(LedgerHealth.PULSE.multipliedBy(2)); // nobody commits
        assertThat(heartbeat()).isEqualTo(503);

        settle();

        assertThat(heartbeat()).isEqualTo(204);
    }

    @Test
    void an_entry_that_cannot_be_read_is_told_once_and_holds_nothing_up() {
        UnreadableLedger tampered = new UnreadableLedger(ledger, 2);
        Centre beside = centre(tampered);
        List<Long> told = new ArrayList<>();
        beside.onEntry(entry -> told.add(entry.number()));
        beside.start();
        settle();

        for (int i = 1; i <= 3; i++) { // as another process would: nobody tells the centre
            ledger.submit(button.received(button.panic(i)), outcome -> {});
        }
        ledger.commit();
        advance(Duration.ofSeconds(1));
        ledger.submit(button.received(button.panic(4)), outcome -> {});
        ledger.commit();
        advance(Duration.ofSeconds(1));

        assertThat(told).containsExactly(1L, 3L, 4L);
        assertThat(audit)
                .filteredOn(line -> line.contains("entry 2 cannot be read"))
                .hasSize(1);
    }

    @Test
    void a_heartbeat_is_answered_even_where_what_it_should_carry_cannot_be_read() {
        Centre beside = centre(new UnreadableLedger(ledger, 1));
        beside.start();
        settle();

        beside.heartbeat(button.heartbeat(1, TestDevice.NONCE, Duration.ofSeconds(60)), own, replies);
        settle();

        assertThat(replies.take().code()).isEqualTo(204);
    }

    @Test
    void a_listener_that_throws_does_not_keep_others_from_hearing_of_what_comes_after() {
        List<Long> told = new ArrayList<>();
        centre.onEntry(entry -> {
            if (entry.number() == 1) {
                throw new IllegalStateException("no terminal");
            }
            told.add(entry.number());
        });
        for (int i = 1; i <= 2; i++) {
            centre.alarm(button.sign(button.panic(i)), true, own, replies);
        }
        settle();
        advance(Duration.ofSeconds(1));

        assertThat(told).contains(2L);
        assertThat(audit).anyMatch(line -> line.contains("no terminal"));
    }

    @Test
    void a_heartbeat_that_was_answered_with_trouble_is_a_sign_of_life_all_the_same() {
        ledger.fail(Optional.of("disk full"));
        advance(Duration.ofSeconds(100));
        assertThat(heartbeat()).isEqualTo(503);
        ledger.fail(Optional.empty());
        advance(Duration.ofSeconds(150));

        assertThat(ledger.entries(1, 10)).extracting(e -> e.type()).doesNotContain(EntryType.OFFLINE);
    }
}
