package dev.tocsin.simulator.centre;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.registry.Registry;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes evidence in: signed by the device whose alarm it is about, of an alarm that is in the ledger with just that envelope,
 * then kept, then answered. Verifying is done on the caller's thread, any; the ledger is asked on the loop.
 */
final class EvidenceIntake {

    private static final int HISTORY = 100;

    private final Supplier<Registry> registry;
    private final LedgerView ledger;
    private final EvidenceStore store;
    private final RefusalLog refusals;
    private final Consumer<Runnable> loop;

    EvidenceIntake(
            Supplier<Registry> registry,
            LedgerView ledger,
            EvidenceStore store,
            RefusalLog refusals,
            Consumer<Runnable> loop) {
        this.registry = registry;
        this.ledger = ledger;
        this.store = store;
        this.refusals = refusals;
        this.loop = loop;
    }

    /** Takes one piece in. The source is for the audit. */
    void receive(Bytes payload, String source, Reply reply) {
        if (payload.size() > Evidence.MAX_BYTES) {
            refuse(
                    Refused.TOO_LONG,
                    payload.size() + " bytes where at most " + Evidence.MAX_BYTES + " can be",
                    source,
                    reply);
            return;
        }
        switch (SignedEnvelope.readEvidence(payload)) {
            case Decoded.Malformed<SignedEnvelope>(String why) -> refuse(Refused.MALFORMED, why, source, reply);
            case Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope) -> read(envelope, source, reply);
        }
    }

    private void read(SignedEnvelope envelope, String source, Reply reply) {
        switch (EvidenceMessages.read(envelope)) {
            case Decoded.Malformed<Evidence>(String why) -> refuse(Refused.MALFORMED, why, source, reply);
            case Decoded.Ok<Evidence>(Evidence evidence) -> verify(envelope, evidence, source, reply);
        }
    }

    private void verify(SignedEnvelope envelope, Evidence evidence, String source, Reply reply) {
        switch (SignerCheck.check(envelope, evidence.alarm(), "evidence", registry.get())) {
            case SignerCheck.Result.Rejected(Refused why, String detail) -> refuse(why, detail, source, reply);
            case SignerCheck.Result.Signed s -> loop.accept(() -> keep(envelope.bytes(), evidence, source, reply));
        }
    }

    private void keep(Bytes envelope, Evidence evidence, String source, Reply reply) {
        try {
            if (!isOfAnAlarmHere(evidence)) {
                refuse(
                        Refused.NO_SUCH_ALARM,
                        "no alarm " + evidence.alarm() + " with this envelope is in the ledger",
                        source,
                        reply);
                return;
            }
        } catch (UncheckedIOException e) {
            refuse(Refused.UNAVAILABLE, "the ledger cannot be read: " + e.getMessage(), source, reply);
            return;
        }
        store.keep(evidence.alarm(), envelope, outcome -> kept(outcome, envelope, evidence, source, reply));
    }

    private boolean isOfAnAlarmHere(Evidence evidence) {
        return ledger.history(evidence.alarm(), HISTORY).stream()
                .anyMatch(entry -> entry.fact().envelopeSha256().equals(evidence.alarmSha256()));
    }

    private void kept(EvidenceStore.Outcome outcome, Bytes envelope, Evidence evidence, String source, Reply reply) {
        switch (outcome) {
            case EvidenceStore.Outcome.Kept(boolean before, int gone) -> {
                if (!before) {
                    refusals.report(
                            evidence.alarm().device(),
                            "evidence of " + evidence.alarm() + ", " + evidence.samples() + " samples of "
                                    + evidence.sensor() + ", SHA-256 "
                                    + envelope.sha256().hex()
                                    + (gone == 0 ? "" : "; the oldest piece of this device went for it"));
                }
                reply.respond(204, Content.TEXT, Bytes.EMPTY);
            }
            case EvidenceStore.Outcome.Full f ->
                refuse(
                        Refused.TOO_MANY,
                        evidence.alarm() + " has " + EvidenceStore.MAX_PER_ALARM + " pieces of evidence already",
                        source,
                        reply);
            case EvidenceStore.Outcome.Failed(String why) -> refuse(Refused.UNAVAILABLE, why, source, reply);
        }
    }

    private void refuse(Refused why, String detail, String source, Reply reply) {
        refusals.note(source, why, "evidence: " + detail);
        reply.respond(why.code(), Content.TEXT, Bytes.wrap(Plain.line(detail).getBytes(UTF_8)));
    }
}
