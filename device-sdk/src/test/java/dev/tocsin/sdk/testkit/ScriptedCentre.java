package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Answer;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.model.ReceiptStage;
import dev.tocsin.sdk.model.Report;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Verifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A centre that does as it is told. It keeps a ledger of what it gave receipts for, so that a test can compare. Signs with
 * real keys.
 */
public final class ScriptedCentre {

    /** What it says to one request. */
    public sealed interface Reply {
        /** An answer, so long after the request. */
        record Says(int code, Bytes payload, Duration after) implements Reply {}

        /** Nothing at all. */
        record Nothing() implements Reply {}
    }

    /** What it says to alarms. */
    public interface Behaviour {
        /** Called once for each exchange. */
        Reply to(Bytes envelope, Alarm alarm);
    }

    /**
     * An alarm that it gave a receipt for.
     *
     * @param atNs when it came first, virtual time
     */
    public record Entry(Alarm alarm, Bytes envelope, long number, long atNs) {}

    private final String id;
    private final Clock clock;
    private final Signer signer;
    private final Verifier verifier;
    private Signer presenceSigner;
    private OptionalLong provenBoot = OptionalLong.empty();
    private final Map<AlarmId, Entry> ledger = new LinkedHashMap<>();
    private final List<AlarmId> conflicts = new ArrayList<>();
    private final List<AlarmId> seen = new ArrayList<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final List<Report> reports = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<OrderResult> results = new ArrayList<>();
    private Reply toResults = new Reply.Says(204, Bytes.EMPTY, Duration.ZERO);
    private final List<Function<Heartbeat, Bytes>> toTell = new ArrayList<>();
    private Behaviour behaviour = receipts();
    private Reply toHeartbeats = new Reply.Says(204, Bytes.EMPTY, Duration.ZERO);
    private Reply toEvidence = new Reply.Says(204, Bytes.EMPTY, Duration.ZERO);

    /** A centre with Ed25519 keys that follow from its name. It gives receipts at once. */
    public ScriptedCentre(String id, Clock clock) {
        this.id = id;
        this.clock = clock;
        this.signer = TestKeys.signer(id);
        this.presenceSigner = signer;
        this.verifier = TestKeys.verifier(id);
    }

    /** Its name. */
    public String id() {
        return id;
    }

    /** Its public key. */
    public Verifier verifier() {
        return verifier;
    }

    /** What it does with alarms from now on. */
    public void does(Behaviour newBehaviour) {
        behaviour = newBehaviour;
    }

    /** How it answers heartbeats from now on; what it has {@linkplain #tellWithHeartbeat to tell} goes along with a 2.xx. */
    public void answersHeartbeats(Reply reply) {
        toHeartbeats = reply;
    }

    /** Puts a signed answer into the next heartbeat's answer. */
    public void tellWithHeartbeat(Bytes signed) {
        toTell.add(heartbeat -> signed);
    }

    /** Puts what is made of the next heartbeat, an order say, into its answer. */
    public void tellOfHeartbeat(Function<Heartbeat, Bytes> signed) {
        toTell.add(signed);
    }

    /** Receipt for each alarm, at once. */
    public Behaviour receipts() {
        return receiptsAfter(Duration.ZERO);
    }

    /** Receipt for each alarm, so long after it came. */
    public Behaviour receiptsAfter(Duration after) {
        return (envelope, alarm) -> new Reply.Says(204, receipt(envelope, alarm, ReceiptStage.RECEIVED, ""), after);
    }

    /** A person is quicker than the machine: the first receipt says ACCEPTED. */
    public Behaviour acceptsAtOnce(String by) {
        return (envelope, alarm) ->
                new Reply.Says(204, receipt(envelope, alarm, ReceiptStage.ACCEPTED, by), Duration.ZERO);
    }

    /** No answer. */
    public Behaviour nothing() {
        return (envelope, alarm) -> new Reply.Nothing();
    }

    /** A code with a payload nobody signed. */
    public Behaviour code(int code, String diagnostic) {
        return (envelope, alarm) ->
                new Reply.Says(code, Bytes.wrap(diagnostic.getBytes(StandardCharsets.UTF_8)), Duration.ZERO);
    }

    /** A signed refusal. */
    public Behaviour refuses(String reason) {
        return (envelope, alarm) -> new Reply.Says(
                403,
                Messages.sign(new Answer.Refusal(alarm.id(), envelope.sha256(), id, clock.wallTime(), reason), signer)
                        .bytes(),
                Duration.ZERO);
    }

    /** An answer made of the receipt it should have been; nothing goes into the ledger. */
    public Behaviour says(UnaryOperator<Answer.Receipt> lie, Signer by) {
        return (envelope, alarm) -> new Reply.Says(
                204,
                Messages.sign(lie.apply(receiptValue(envelope, alarm, ReceiptStage.RECEIVED, "", 1)), by)
                        .bytes(),
                Duration.ZERO);
    }

    /** A receipt with one bit of its signature wrong. */
    public Behaviour forges() {
        return (envelope, alarm) -> {
            byte[] bytes = Messages.sign(receiptValue(envelope, alarm, ReceiptStage.RECEIVED, "", 1), signer)
                    .bytes()
                    .toArray();
            bytes[bytes.length - 1] ^= 1;
            return new Reply.Says(204, Bytes.wrap(bytes), Duration.ZERO);
        };
    }

    /** The key it signs with. */
    public Signer signer() {
        return signer;
    }

    /** Enters the alarm, unless it is there, and signs a receipt. */
    public Bytes receipt(Bytes envelope, Alarm alarm, ReceiptStage stage, String by) {
        Entry entry = ledger.computeIfAbsent(
                alarm.id(), a -> new Entry(alarm, envelope, ledger.size() + 1L, clock.nanoTime()));
        if (!entry.envelope.equals(envelope)) {
            conflicts.add(alarm.id());
        }
        return Messages.sign(receiptValue(envelope, alarm, stage, by, entry.number), signer)
                .bytes();
    }

    /** Signs that a person has taken an alarm that is in the ledger. */
    public Bytes accept(AlarmId alarm, String by) {
        Entry entry = ledger.get(alarm);
        if (entry == null) {
            throw new IllegalArgumentException("not in the ledger of " + id + ": " + alarm);
        }
        return receipt(entry.envelope, entry.alarm, ReceiptStage.ACCEPTED, by);
    }

    private Answer.Receipt receiptValue(Bytes envelope, Alarm alarm, ReceiptStage stage, String by, long number) {
        return new Answer.Receipt(
                alarm.id(),
                envelope.sha256(),
                id,
                clock.wallTime(),
                stage,
                alarm.mode(),
                number,
                envelope.sha256(),
                by);
    }

    /** What it gave receipts for, in the order it came in. */
    public List<Entry> ledger() {
        return List.copyOf(ledger.values());
    }

    /** The alarms in its ledger. */
    public List<Alarm> alarms() {
        return ledger.values().stream().map(Entry::alarm).toList();
    }

    /** Ids that came with two contents. */
    public List<AlarmId> conflicts() {
        return List.copyOf(conflicts);
    }

    /** Ids of all exchanges with alarms that came, repeated ones too. */
    public List<AlarmId> seen() {
        return List.copyOf(seen);
    }

    /** Heartbeats that came. */
    public List<Heartbeat> heartbeats() {
        return List.copyOf(heartbeats);
    }

    private Bytes presence(Heartbeat h) {
        Presence presence = new Presence(id, h.device(), provenBoot.orElse(h.boot()), h.nonce(), clock.wallTime());
        return Messages.sign(presence, presenceSigner).bytes();
    }

    /** From now on it proves its presence with another's key. */
    public void provesWith(Signer other) {
        presenceSigner = other;
    }

    /** From now on it proves to have heard this boot, whichever it hears. */
    public void provesForBoot(long boot) {
        provenBoot = OptionalLong.of(boot);
    }

    /** Reports that came. */
    public List<Report> reports() {
        return List.copyOf(reports);
    }

    /** Results of its orders that came, repeated ones too. Who signed them was not asked. */
    public List<OrderResult> results() {
        return List.copyOf(results);
    }

    /** How it answers results from now on; it hears what it answers at all. */
    public void answersResults(Reply reply) {
        toResults = reply;
    }

    /** Evidence that it took. */
    public List<Evidence> evidence() {
        return List.copyOf(evidence);
    }

    /** How it answers evidence from now on; it takes what it answers 2.xx. */
    public void answersEvidence(Reply reply) {
        toEvidence = reply;
    }

    /** Takes a request, the first time that any copy of it comes. */
    public Reply take(Post post) {
        return switch (post.path()) {
            case "alarm" -> {
                SignedEnvelope envelope = SignedEnvelope.read(post.payload()).orThrow();
                Alarm alarm = Messages.readAlarm(envelope).orThrow();
                seen.add(alarm.id());
                yield behaviour.to(post.payload(), alarm);
            }
            case "heartbeat" -> {
                Heartbeat heartbeat = Messages.readHeartbeat(post.payload()).orThrow();
                heartbeats.add(heartbeat);
                if (toHeartbeats instanceof Reply.Says s && s.code() / 100 == 2) {
                    Optional<Bytes> presence = heartbeat.prove() ? Optional.of(presence(heartbeat)) : Optional.empty();
                    Bytes answer = Messages.write(new HeartbeatAnswer(
                            toTell.stream().map(t -> t.apply(heartbeat)).toList(), presence));
                    toTell.clear();
                    yield new Reply.Says(s.code(), answer, s.after());
                }
                yield toHeartbeats;
            }
            case "report" -> {
                if (Messages.readReport(post.payload()) instanceof Decoded.Ok<Report>(Report report)) {
                    reports.add(report);
                }
                yield new Reply.Says(204, Bytes.EMPTY, Duration.ZERO);
            }
            case "order-result" -> {
                if (toResults instanceof Reply.Says) {
                    SignedEnvelope envelope =
                            SignedEnvelope.read(post.payload()).orThrow();
                    results.add(OrderMessages.readResult(envelope).orThrow());
                }
                yield toResults;
            }
            case "evidence" -> {
                if (toEvidence instanceof Reply.Says s && s.code() / 100 == 2) {
                    SignedEnvelope envelope =
                            SignedEnvelope.readEvidence(post.payload()).orThrow();
                    evidence.add(EvidenceMessages.read(envelope).orThrow());
                }
                yield toEvidence;
            }
            default -> new Reply.Says(404, Bytes.EMPTY, Duration.ZERO);
        };
    }

    /** A mode that is not this one. */
    public static Mode otherThan(Mode mode) {
        return mode == Mode.LIVE ? Mode.DRILL : Mode.LIVE;
    }
}
