package dev.tocsin.sdk.session;

import dev.tocsin.sdk.port.Timers;
import dev.tocsin.sdk.port.Timers.Cancellable;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reports and evidence on their way to one centre: one at a time, reports first, and only while no alarm is on its way there.
 * A report is a datagram, and an alarm that comes meanwhile does not mind it. Evidence is up to sixteen, block by block
 * (RFC 7959): an alarm ends the transfer, which begins anew when the alarm has its receipt. Belongs to the event loop.
 */
final class Telemetry {

    /** Pause after the first transfer of evidence that failed; doubles up to… */
    static final long FIRST_PAUSE_NS = 5_000_000_000L;

    /** …this. */
    static final long LAST_PAUSE_NS = 300_000_000_000L;

    /** Evidence that a centre has not had for so long, in this boot, is given up. */
    static final long EVIDENCE_KEPT_NS = 24 * 3_600_000_000_000L;

    /** What it tells its courier. */
    interface Listener {
        /** The centre has it. */
        void delivered(Outgoing content);

        /** The centre will not have it: why, for people. */
        void gaveUp(Outgoing content, String why);

        /** It may be tried again: call {@link #go} if nothing is on its way. */
        void wakes();
    }

    private final Paths paths;
    private final Transport transport;
    private final Timers timers;
    private final Listener listener;
    private final Deque<Outgoing> reports = new ArrayDeque<>();
    private final Deque<Outgoing> evidence = new ArrayDeque<>();
    private boolean busy;
    private @Nullable Cancellable transfer; // of evidence
    private @Nullable Cancellable pause; // of evidence
    private long pauseNs = FIRST_PAUSE_NS;

    Telemetry(Paths paths, Transport transport, Timers timers, Listener listener) {
        this.paths = paths;
        this.transport = transport;
        this.timers = timers;
        this.listener = listener;
    }

    void add(Outgoing content) {
        (content.isEvidence() ? evidence : reports).add(content);
    }

    void forget(Outgoing content) {
        reports.remove(content);
        if (content.equals(evidence.peek())) {
            giveWay();
        }
        evidence.remove(content);
    }

    /** Nothing else is on its way: the next one, if there is one. */
    void go(long nowNs) {
        if (busy) {
            return;
        }
        if (!reports.isEmpty()) {
            sendReport(reports.element());
        } else if (pause == null) {
            fresh(nowNs).ifPresent(this::sendEvidence);
        }
    }

    /** An alarm is on its way: evidence gets out of it. */
    void giveWay() {
        if (transfer != null) {
            transfer.cancel();
            transfer = null;
            busy = false;
        }
    }

    void close() {
        giveWay();
        reports.clear();
        evidence.clear();
    }

    private Optional<Outgoing> fresh(long nowNs) {
        for (Outgoing next = evidence.peek(); next != null; next = evidence.peek()) {
            if (nowNs - next.sinceNs() < EVIDENCE_KEPT_NS) {
                return Optional.of(next);
            }
            evidence.remove();
            listener.gaveUp(next, "not taken for 24 hours");
        }
        return Optional.empty();
    }

    private void sendReport(Outgoing report) {
        busy = true;
        int path = paths.current();
        Post post = new Post(paths.address(path), "report", Content.PROTOBUF, report.body(), Retransmission.RFC_7252);
        transport.post(post, outcome -> {
            busy = false;
            // inside DTLS an answer is enough for a report, whatever it says
            if (outcome instanceof Outcome.Answered a) {
                paths.answered(path, a);
                if (reports.remove(report)) {
                    listener.delivered(report);
                }
                listener.wakes();
            } else {
                paths.failed(path, outcome);
                timers.schedule(Pacing.LAST_NS, listener::wakes);
            }
        });
    }

    private void sendEvidence(Outgoing piece) {
        busy = true;
        int path = paths.current();
        Retransmission timing = Pacing.regular(paths.isLossy(path));
        Post post = new Post(paths.address(path), "evidence", Content.COSE_SIGN1, piece.body(), timing);
        transfer = transport.post(post, outcome -> {
            busy = false;
            transfer = null;
            if (outcome instanceof Outcome.Answered a) {
                paths.answered(path, a);
                answered(piece, a);
            } else {
                paths.failed(path, outcome);
                retryLater();
            }
            listener.wakes();
        });
    }

    private void answered(Outgoing piece, Outcome.Answered a) {
        if (isTrouble(a.code())) {
            retryLater();
            return;
        }
        pauseNs = FIRST_PAUSE_NS;
        if (evidence.remove(piece)) {
            if (a.code() / 100 == 2) {
                listener.delivered(piece);
            } else {
                listener.gaveUp(piece, "code " + a.code());
            }
        }
    }

    /** Whether another try may be answered otherwise: the centre has a trouble (5.xx), or a block was lost (4.08). */
    private static boolean isTrouble(int code) {
        return code / 100 == 5 || code == 408;
    }

    private void retryLater() {
        pause = timers.schedule(pauseNs, () -> {
            pause = null;
            listener.wakes();
        });
        pauseNs = Math.min(2 * pauseNs, LAST_PAUSE_NS);
    }
}
