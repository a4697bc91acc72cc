package dev.tocsin.simulator.centre;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes alarms in: verified, then in the ledger, then a signed receipt, in this order and never otherwise. Any thread;
 * verifying is done on the caller's.
 */
final class AlarmIntake {

    private final Supplier<Registry> registry;
    private final Ledger ledger;
    private final Receipts receipts;
    private final RefusalLog refusals;
    private final Consumer<String> trouble;
    private final boolean drills;

    /**
     * @param drills whether this centre takes drill alarms
     * @param trouble told why an alarm was not kept; any thread
     */
    AlarmIntake(
            Supplier<Registry> registry,
            Ledger ledger,
            Receipts receipts,
            RefusalLog refusals,
            boolean drills,
            Consumer<String> trouble) {
        this.registry = registry;
        this.ledger = ledger;
        this.receipts = receipts;
        this.refusals = refusals;
        this.trouble = trouble;
        this.drills = drills;
    }

    /**
     * Takes one alarm in.
     *
     * @param signedAnswer whether the sender understands a signed refusal; otherwise it gets a plain sentence
     * @param source whom to name in the audit
     * @param remark what the transport noticed about the sender, for the entry; may be empty
     * @param kept told of what the ledger has, after the reply is
     */
    void receive(
            Bytes payload,
            boolean signedAnswer,
            String source,
            String remark,
            Reply reply,
            Consumer<Outcome.Committed> kept) {
        switch (AlarmCheck.check(payload, registry.get())) {
            case AlarmCheck.Result.Verified(Alarm alarm, RegisteredDevice device) ->
                ledger.submit(
                        submission(alarm, payload, remark(alarm, device, remark)),
                        outcome -> submitted(outcome, payload.sha256(), source, reply, kept));
            case AlarmCheck.Result.Rejected(Refused why, String detail, Optional<AlarmId> alarm) -> {
                if (signedAnswer && alarm.isPresent()) {
                    refusals.note(source, why, detail);
                    reply.respond(
                            why.code(), Content.COSE_SIGN1, receipts.refusal(alarm.get(), payload.sha256(), detail));
                } else {
                    refuse(why, detail, source, reply);
                }
            }
        }
    }

    private Submission submission(Alarm alarm, Bytes payload, String remark) {
        return alarm.mode() == Mode.DRILL && !drills
                ? new Submission.Misrouted(alarm, payload, remark)
                : new Submission.Received(alarm, payload, remark);
    }

    private void submitted(
            Outcome outcome, Bytes envelope, String source, Reply reply, Consumer<Outcome.Committed> kept) {
        switch (outcome) {
            case Outcome.Committed committed -> {
                reply.respond(204, Content.COSE_SIGN1, receipts.of(committed.entry(), envelope));
                kept.accept(committed);
            }
            case Outcome.Busy(int waiting) ->
                refuse(Refused.UNAVAILABLE, waiting + " submissions wait for the ledger", source, reply);
            case Outcome.Failed(String why) -> {
                trouble.accept(why);
                refuse(Refused.UNAVAILABLE, why, source, reply);
            }
            case Outcome.Unchanged u -> throw new IllegalStateException("an alarm is always kept");
            case Outcome.NoSuchAlarm n -> throw new IllegalStateException("an alarm is always kept");
        }
    }

    private void refuse(Refused why, String detail, String source, Reply reply) {
        refusals.note(source, why, detail);
        reply.respond(why.code(), Content.TEXT, Bytes.wrap(Plain.line(detail).getBytes(UTF_8)));
    }

    private static String remark(Alarm alarm, RegisteredDevice device, String remark) {
        return device.kinds().isEmpty() || device.kinds().contains(alarm.kind())
                ? remark
                : "the registry does not know this device for " + alarm.kind()
                        + (remark.isEmpty() ? "" : "; " + remark);
    }
}
