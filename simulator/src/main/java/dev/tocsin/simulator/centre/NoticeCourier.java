package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome.Answered;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.simulator.centre.NoticeBoard.Notice;
import dev.tocsin.simulator.centre.Partners.Told;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.Outcome;
import dev.tocsin.simulator.centre.ledger.Submission;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Brings notices of drills to one other centre: one at a time, over its addresses in turn (staying with one that answers), again and again until it has
 * given a signed receipt and the ledger has that. No unsigned answer and no error code ends it. On the loop.
 */
final class NoticeCourier {

    /** Where centres take notices. */
    static final String PATH = "notice";

    /** From a first failure to the next try; doubles. */
    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

    /** From failure to try at most. */
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What every courier of a centre stands on. */
    record Ports(Signer signer, Transport transport, Ledger ledger, Clock clock, Timers timers, Audit audit) {}

    private final String centre;
    private final Told to;
    private final Ports ports;
    private final Consumer<Entry> taken;
    private final SequencedSet<Notice> pending = new LinkedHashSet<>(); // two a drill at most
    private final Set<Notice> complained = new HashSet<>();
    private int address;
    private Duration pause = SHORTEST_PAUSE;
    private boolean busy;
    private boolean closed;

    /**
     * A courier.
     *
     * @param centre whose notices it brings
     * @param taken told of each receipt's entry in the ledger
     */
    NoticeCourier(String centre, Told to, Ports ports, Consumer<Entry> taken) {
        this.centre = centre;
        this.to = to;
        this.ports = ports;
        this.taken = taken;
    }

    /** Something to tell; once. */
    void bring(Notice notice) {
        if (pending.add(notice)) {
            next();
        }
    }

    /** It has this one, or nobody wants it told any more. */
    void drop(Notice notice) {
        pending.remove(notice);
        complained.remove(notice);
    }

    /** Sends nothing any more. */
    void close() {
        closed = true;
    }

    private void next() {
        if (busy || closed || pending.isEmpty()) {
            return;
        }
        Notice notice = pending.getFirst();
        busy = true;
        Bytes signed;
        try {
            signed = DrillMessages.sign(notice.message(centre, to.id()), ports.signer)
                    .bytes();
        } catch (IllegalArgumentException e) { // an order in the ledger that no device would take either
            drop(notice);
            ports.audit.line(notice + " cannot be told: " + Plain.line(String.valueOf(e.getMessage())));
            again(Duration.ZERO);
            return;
        }
        Transport.Post post = new Transport.Post(
                to.addresses().get(address), PATH, Content.COSE_SIGN1, signed, Retransmission.RFC_7252);
        var unused = ports.transport.post(post, outcome -> ended(notice, signed, outcome));
    }

    private void ended(Notice notice, Bytes signed, Transport.Outcome outcome) {
        switch (outcome) {
            case Answered(int code, Bytes payload, Duration roundTrip, int transmissions) ->
                receipt(notice, signed, payload)
                        .ifPresentOrElse(
                                receipt -> keep(notice, new Submission.NoticeTaken(receipt, payload)),
                                () -> failed(notice, "it answers " + code + " without a receipt of its own"));
            case Transport.Outcome.NoAnswer(int transmissions) -> failed(notice, "it does not answer");
            case Transport.Outcome.Unreachable(String why) -> failed(notice, why);
        }
    }

    /** A receipt for exactly these bytes, by one of the keys it is known by. */
    private Optional<NoticeReceipt> receipt(Notice notice, Bytes signed, Bytes payload) {
        if (!(SignedEnvelope.read(payload) instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope))
                || !(DrillMessages.readNoticeReceipt(envelope)
                        instanceof Decoded.Ok<NoticeReceipt>(NoticeReceipt receipt))) {
            return Optional.empty();
        }
        boolean genuine = Partners.key(to.keys(), envelope.keyId())
                .filter(envelope::isSignedBy)
                .isPresent();
        return genuine
                        && receipt.centre().equals(to.id())
                        && receipt.to().equals(centre)
                        && receipt.order().equals(notice.order())
                        && receipt.over() == notice.over()
                        && receipt.noticeSha256().equals(signed.sha256())
                ? Optional.of(receipt)
                : Optional.empty();
    }

    /** The next one goes when this one's receipt is in the ledger, so that no restart sends it again. */
    private void keep(Notice notice, Submission.NoticeTaken taken) {
        ports.ledger.submit(taken, outcome -> {
            var unused = ports.timers.schedule(0, () -> kept(notice, outcome));
        });
    }

    private void kept(Notice notice, Outcome outcome) {
        switch (outcome) {
            case Outcome.Committed(Entry entry, boolean duplicate) -> {
                taken.accept(entry);
                drop(notice);
                pause = SHORTEST_PAUSE;
                again(Duration.ZERO);
            }
            case Outcome.Busy(int waiting) -> failed(notice, waiting + " submissions wait for the ledger");
            case Outcome.Failed(String why) -> failed(notice, why);
            case Outcome.Unchanged u -> throw new IllegalStateException("a receipt is always kept");
            case Outcome.NoSuchAlarm n -> throw new IllegalStateException("a receipt for a notice is about no alarm");
        }
    }

    private void failed(Notice notice, String why) {
        if (pending.remove(notice)) {
            pending.add(notice); // others have their turn before it has another
            if (complained.add(notice)) {
                ports.audit.line(notice + " is not told to " + to.id() + " yet: " + Plain.line(why));
            }
        }
        address = (address + 1) % to.addresses().size();
        Duration wait = pause;
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        again(wait);
    }

    private void again(Duration in) {
        var unused = ports.timers.schedule(in.toNanos(), () -> {
            busy = false;
            next();
        });
    }
}
