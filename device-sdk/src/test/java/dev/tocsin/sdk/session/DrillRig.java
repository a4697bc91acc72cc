package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.DrillMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillOrder;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import java.time.Duration;

/** A rig whose education centre orders drills. */
final class DrillRig {

    static final Duration NOW = Duration.ZERO;
    static final Duration QUARTER = Duration.ofMinutes(15);

    final SessionRig rig = new SessionRig();

    private DrillRig() {}

    static DrillRig ready() {
        DrillRig drill = new DrillRig();
        drill.rig.ready();
        drill.rig.pass(Duration.ofSeconds(15)); // the second heartbeat is through, the third 50 s away
        return drill;
    }

    /** A drill of 15 minutes has begun some seconds ago, by an order in a heartbeat's answer. */
    static DrillRig running() {
        DrillRig drill = ready();
        drill.rig.education.tellOfHeartbeat(h -> drill.order(h, "fire-7", NOW, QUARTER));
        drill.rig.pass(Duration.ofMinutes(1));
        drill.rig.indications.clear();
        return drill;
    }

    /** Made as soon as the heartbeat was heard. */
    static DrillOrder order(ScriptedCentre by, Heartbeat h, String name, Duration after, Duration lasts) {
        return order(by, h, name, Duration.ZERO, after, lasts);
    }

    static DrillOrder order(
            ScriptedCentre by, Heartbeat h, String name, Duration madeAfter, Duration after, Duration lasts) {
        return new DrillOrder(by.id(), name, h.device(), h.echo(), "building B", madeAfter, after, lasts, "Zhang");
    }

    static Bytes signed(DrillOrder order, Signer signer) {
        return DrillMessages.sign(order, signer).bytes();
    }

    /** An order of the education centre. */
    Bytes order(Heartbeat h, String name, Duration after, Duration lasts) {
        return signed(order(rig.education, h, name, after, lasts), rig.education.signer());
    }

    /** The last heartbeat that the education centre heard. */
    Heartbeat heard() {
        return rig.education.heartbeats().getLast();
    }

    /** Pushes an order of the education centre that answers its last heartbeat. The device's code. */
    int push(String name, Duration after, Duration lasts) {
        return push(order(heard(), name, after, lasts));
    }

    int push(Bytes signed) {
        return rig.transport.push("order", signed);
    }

    /** When the last heartbeat to the education centre left. */
    long sentNs() {
        return rig.network.sent(SessionRig.EDUCATION, "heartbeat").getLast().atNs();
    }

    /** Lets time pass until then. */
    void until(long ns) {
        rig.pass(Duration.ofNanos(ns - rig.time.nanoTime()));
    }
}
