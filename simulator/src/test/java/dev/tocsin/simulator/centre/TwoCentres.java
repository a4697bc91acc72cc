package dev.tocsin.simulator.centre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.evidence.MemoryEvidence;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.Registry;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Education, which holds drills, and police, which are told; what passes between them passes by hand. */
final class TwoCentres {

    static final String PRIMARY = "coaps://10.0.0.2";
    static final String BACKUP = "coaps://10.0.0.3";

    final HandTime time = new HandTime();
    final TestDevice button = new TestDevice("school-007/button-3");
    final TestDevice educationKey = new TestDevice("education");
    final TestDevice policeKey = new TestDevice("police");
    final MemoryLedger educationLedger = new MemoryLedger(time);
    final MemoryLedger policeLedger = new MemoryLedger(time);
    final List<String> educationAudit = new ArrayList<>();
    final List<String> policeAudit = new ArrayList<>();
    final TestReplies replies = new TestReplies();
    private final Registry registry = TestRegistry.of(button);
    HandTransport transport = new HandTransport(time);
    Centre education = startEducation();
    Centre police = startPolice();

    private static Verifier verifier(TestDevice key) {
        try {
            return Keys.verifier(key.publicPem());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Settings settings(String id, boolean drills, Partners partners) {
        Settings usual = Settings.of(id);
        return new Settings(id, usual.heartbeat(), usual.offlineGrace(), usual.ledgerPoll(), List.of(), drills)
                .with(partners);
    }

    private Centre startEducation() {
        Partners partners = new Partners(
                List.of(new Partners.Told("police", List.of(PRIMARY, BACKUP), List.of(verifier(policeKey)))),
                List.of());
        transport = new HandTransport(time);
        return started(new Centre(
                settings("education", true, partners),
                educationKey.signer(),
                () -> registry,
                new Centre.Ports(
                        educationLedger,
                        new MemoryEvidence(time),
                        educationAudit::add,
                        time,
                        time,
                        Optional.of(transport))));
    }

    private Centre startPolice() {
        Partners partners =
                new Partners(List.of(), List.of(new Partners.Teller("education", List.of(verifier(educationKey)))));
        return started(new Centre(
                settings("police", false, partners),
                policeKey.signer(),
                () -> registry,
                new Centre.Ports(
                        policeLedger, new MemoryEvidence(time), policeAudit::add, time, time, Optional.empty())));
    }

    private Centre started(Centre centre) {
        centre.start();
        settle();
        return centre;
    }

    void restartEducation() {
        education.close();
        settle();
        educationLedger.dropWaiting();
        education = startEducation();
    }

    void restartPolice() {
        police.close();
        settle();
        police = startPolice();
    }

    void settle() {
        do {
            time.run();
        } while (educationLedger.commit() + policeLedger.commit() > 0);
        time.run();
    }

    void advance(Duration by) {
        time.advance(by);
        settle();
    }

    /** As if another process had written it. */
    DrillPlan order(String name, Duration in, Duration lasts) {
        Instant begins = time.wallTime().truncatedTo(ChronoUnit.MILLIS).plus(in);
        DrillPlan plan = new DrillPlan(name, "school-007/*", begins, begins.plus(lasts), "building B");
        write(new Submission.BeginDrill(plan, "Zhang"));
        return plan;
    }

    void write(Submission submission) {
        educationLedger.submit(submission, outcome -> {});
        settle();
        advance(Settings.LEDGER_POLL);
    }

    /** Police get what is posted, and answer; the answer is not on its way yet. */
    TestReplies.Given arrive() {
        police.notice(transport.open().payload(), new TestPeer("education"), replies);
        settle();
        return replies.take();
    }

    /** What is posted arrives, and so does its answer. */
    void pass() {
        TestReplies.Given given = arrive();
        assertThat(given.code()).isEqualTo(204);
        answer(given.code(), given.payload());
    }

    void answer(int code, Bytes payload) {
        transport.answer(code, payload);
        settle();
    }

    List<Entry> notices() {
        return policeLedger.entries(1, 1_000).stream()
                .filter(entry -> entry.type() == EntryType.DRILL_NOTICE)
                .toList();
    }

    long taken() {
        return educationLedger.entries(1, 10_000).stream()
                .filter(entry -> entry.type() == EntryType.NOTICE_TAKEN)
                .count();
    }
}
