package dev.tocsin.simulator.mutant;

import dev.tocsin.simulator.check.Promise;
import java.util.List;
import java.util.Optional;

/**
 * A deliberate break.
 *
 * @param name as on the command line
 * @param promise the promise that it breaks, whose oracle must say so
 * @param what it does, for people
 * @param scenario in which it must be caught
 * @param changes in compiled classes
 */
public record Mutant(String name, Promise promise, String what, String scenario, List<Change> changes) {

    /** Where most mutants are played. */
    static final String USUAL = "gauntlet";

    /** Where those are played that only an attacker finds. */
    static final String ATTACKED = "attacker";

    /** Where certificates lapse. */
    static final String HOLIDAY = "holiday";

    private static final String SDK = "dev.tocsin.sdk.";
    private static final String CENTRE = "dev.tocsin.simulator.centre.";
    private static final String COURIER = SDK + "session.Courier";
    private static final String SESSION = SDK + "session.Session";
    private static final String RULES = CENTRE + "ledger.Rules";
    private static final String CHECK = CENTRE + "SignerCheck";

    /** All of them, by promise. */
    public static final List<Mutant> ALL = List.of(
            of(
                    "skip-journal-sync",
                    Promise.NOTHING_LOST,
                    "the journal says that it is synced, and syncs nothing",
                    new Change.Call(SDK + "journal.Generations", "sync", "Storage.sync", "syncNothing")),
            of(
                    "never-sync",
                    Promise.NOTHING_LOST,
                    "no sync of the journal ever ends",
                    new Change.Call(SDK + "journal.Generations", "sync", "Storage.sync", "syncForEver")),
            of(
                    "stop-retrying",
                    Promise.NOTHING_LOST,
                    "an alarm that got no answer is not sent again",
                    new Change.Call(COURIER, "ended", "TreeSet.add", "forget"),
                    new Change.Call(COURIER, "ended", "Courier.retryIn", "neverRetry")),
            of(
                    "stop-at-refusal",
                    Promise.NOTHING_LOST,
                    "an answer that is no receipt ends a delivery",
                    new Change.Call(COURIER, "answered", "Courier.retryIn", "neverRetry")),
            of(
                    "receipt-before-commit",
                    Promise.NOTHING_LOST,
                    "the centre signs a receipt before its ledger has the alarm",
                    new Change.Call(CENTRE + "AlarmIntake", "receive", "Ledger.submit", "receiptFirst")),
            of(
                    "drop-dedup",
                    Promise.NOTHING_TWICE,
                    "the ledger takes every copy of an alarm for a new one",
                    new Change.Call(RULES, "received", "Rows.withEnvelope", "notThere"),
                    new Change.Call(RULES, "rewrapped", "Rows.alarms", "none"),
                    new Change.Call(RULES, "contradiction", "Rows.alarms", "none")),
            of(
                    "reuse-boot-counter",
                    Promise.NOTHING_TWICE,
                    "every boot has the same counter and nonce, so that alarm ids come again",
                    new Change.Result(SESSION, "start", "Outbox.boot", "always1"),
                    new Change.Result(SESSION, "<init>", "Entropy.nextLong", "always1")),
            of(
                    "accept-unsigned-receipt",
                    Promise.NOTHING_FORGED,
                    "a device believes a receipt whoever signed it",
                    new Change.Call(SDK + "session.CentreLink", "read", "Stream.noneMatch", "oneFits")),
            of(
                    "accept-unknown-signer",
                    Promise.NOTHING_FORGED,
                    "a centre takes an alarm whoever signed it",
                    new Change.Call(CHECK, "check", "SignedEnvelope.isSignedBy", "signedByAnybody")),
            attacked(
                    "obey-any-centre",
                    Promise.NOTHING_FORGED,
                    "a device holds drills that a centre ordered which may not, such as police",
                    new Change.Call(SDK + "session.Drills", "ordered", "Set.contains", "mayAll")),
            attacked(
                    "trust-revoked-device",
                    Promise.NOTHING_FORGED,
                    "a centre takes alarms of a device that was revoked",
                    new Change.Call(CHECK, "check", "RegisteredDevice.revoked", "neverRevoked")),
            of(
                    "wait-before-sending",
                    Promise.FAST,
                    "an alarm is sent only when a slow disk would have it",
                    new Change.Call(COURIER, "send", "Transport.post", "postLater")),
            of(
                    "forget-connection-id",
                    Promise.FAST,
                    "DTLS without connection ids: a NAT that rebinds costs the session",
                    new Change.Result(SDK + "coap.Tuning", "newCentre", "Integer.valueOf", "noConnectionId")),
            of(
                    "lamp-ahead-of-receipt",
                    Promise.HONEST_AT_THE_BUTTON,
                    "the lamp shows received as soon as an alarm is sent",
                    new Change.Body(SDK + "session.Outgoing", "isReceivedByAny")),
            of(
                    "armed-unheard",
                    Promise.HONEST_AT_THE_BUTTON,
                    "the lamp shows armed whether or not each centre has been heard of",
                    new Change.Body(COURIER, "isLinked")),
            of(
                    "drills-to-police",
                    Promise.REAL_STAYS_REAL,
                    "a drill alarm goes to every centre",
                    new Change.Body(SDK + "session.CentreLink", "isOnRouteOf")),
            of(
                    "second-press-stays-drill",
                    Promise.REAL_STAYS_REAL,
                    "who presses twice within a drill is still drilling",
                    new Change.Result(SDK + "session.Drills", "press", "Duration.toNanos", "never")),
            of(
                    "silence-unnoticed",
                    Promise.SILENCE_NOTICED,
                    "a centre never looks for devices that do not report",
                    new Change.Body(CENTRE + "Supervision", "due")),
            of(
                    "trust-device-clock",
                    Promise.WORKS_CLOCKLESS,
                    "a centre refuses alarms whose time is not its own",
                    new Change.Call(CHECK, "check", "SignedEnvelope.isSignedBy", "signedInTime")),
            new Mutant(
                    "refuse-lapsed",
                    Promise.WORKS_CLOCKLESS,
                    "nobody gets a session with a certificate that has lapsed",
                    HOLIDAY,
                    List.of(new Change.Call(
                            SDK + "coap.ChainVerifier", "checkPath", "PKIXParameters.setDate", "today"))));

    public Mutant {
        changes = List.copyOf(changes);
    }

    private static Mutant of(String name, Promise promise, String what, Change... changes) {
        return new Mutant(name, promise, what, USUAL, List.of(changes));
    }

    private static Mutant attacked(String name, Promise promise, String what, Change... changes) {
        return new Mutant(name, promise, what, ATTACKED, List.of(changes));
    }

    /** The one of that name. */
    public static Optional<Mutant> named(String name) {
        return ALL.stream().filter(m -> m.name.equals(name)).findFirst();
    }

    /** Breaks this JVM for good. To be called before any class of the SDK's or the centre's is loaded. */
    void infect() {
        Surgery.perform(changes);
    }
}
