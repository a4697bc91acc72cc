package dev.tocsin.sdk;

import dev.tocsin.sdk.session.AlarmStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * An alarm that was raised, and how it fares. Any thread. The futures complete on the event loop and never exceptionally:
 * an alarm does not fail, it is late.
 */
public final class RaisedAlarm {

    private final CompletableFuture<AlarmStatus> sent = new CompletableFuture<>();
    private final CompletableFuture<AlarmStatus> kept = new CompletableFuture<>();
    private final CompletableFuture<AlarmStatus> received = new CompletableFuture<>();
    private final CompletableFuture<AlarmStatus> receivedByAll = new CompletableFuture<>();
    private final CompletableFuture<AlarmStatus> accepted = new CompletableFuture<>();
    private volatile Optional<AlarmStatus> status = Optional.empty();

    RaisedAlarm() {}

    /** How far it has come; empty for the moment before it is signed. */
    public Optional<AlarmStatus> status() {
        return status;
    }

    /** Completes when it is signed and on its way. */
    public CompletableFuture<AlarmStatus> sent() {
        return sent.copy();
    }

    /** Completes when it would survive a power cut. */
    public CompletableFuture<AlarmStatus> kept() {
        return kept.copy();
    }

    /** Completes when the first centre has it in its ledger. */
    public CompletableFuture<AlarmStatus> received() {
        return received.copy();
    }

    /** Completes when every centre on its route has it. */
    public CompletableFuture<AlarmStatus> receivedByAll() {
        return receivedByAll.copy();
    }

    /** Completes when a person at a centre has taken it. */
    public CompletableFuture<AlarmStatus> accepted() {
        return accepted.copy();
    }

    void update(AlarmStatus now) {
        status = Optional.of(now);
        sent.complete(now);
        if (now.keptNs().isPresent()) {
            kept.complete(now);
        }
        if (now.isReceivedByAny()) {
            received.complete(now);
        }
        if (now.isReceivedByAll()) {
            receivedByAll.complete(now);
        }
        if (now.isAccepted()) {
            accepted.complete(now);
        }
    }
}
