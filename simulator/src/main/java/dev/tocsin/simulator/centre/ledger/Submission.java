package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DrillNotice;
import dev.tocsin.sdk.model.NoticeReceipt;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderTask;
import java.time.Instant;
import java.util.Optional;

/** Something that may become an entry. What does is decided by the ledger, when it commits. */
public sealed interface Submission {

    /**
     * A verified alarm.
     *
     * @param alarm what the envelope says
     * @param envelope the exact signed bytes
     * @param remark what the centre noticed about it, for people; may be empty
     */
    record Received(Alarm alarm, Bytes envelope, String remark) implements Submission {}

    /** A device is there: back, if it was offline; of a new boot, if it tells of one that is not known yet. */
    record SignOfLife(String device, Optional<Boot> boot) implements Submission {}

    /** A device fell silent, with a sentence for people. */
    record Silence(String device, String detail) implements Submission {}

    /** A person takes an alarm on, and with it what updates it; where all of that is closed, its closing is the answer. */
    record Accept(AlarmId alarm, String by) implements Submission {}

    /** A person closes an alarm, and with it what updates it. */
    record Close(AlarmId alarm, Verdict as, String why, String by) implements Submission {}

    /** A device has the receipt that an {@link EntryType#ACCEPTED} entry stands for. Writes no entry. */
    record Acknowledged(long number) implements Submission {}

    /** Nothing but a write, durable like any other: whether the ledger could take an alarm. Writes no entry. */
    record Pulse() implements Submission {}

    /**
     * A verified drill alarm at a centre that takes no drills: kept and receipted as any, but as a conflict, with a fault.
     * Somebody's mistake to be found, never an alarm to act on.
     */
    record Misrouted(Alarm alarm, Bytes envelope, String remark) implements Submission {}

    /** A person orders a drill. */
    record BeginDrill(DrillPlan plan, String by) implements Submission {}

    /** A person ends a drill before its time. */
    record EndDrill(DrillPlan plan, String by) implements Submission {}

    /**
     * Another centre's verified notice of a drill.
     *
     * @param envelope the exact signed bytes
     */
    record Notified(DrillNotice notice, Bytes envelope) implements Submission {}

    /**
     * Another centre's verified receipt for a notice of a drill here.
     *
     * @param envelope the exact signed bytes
     */
    record NoticeTaken(NoticeReceipt receipt, Bytes envelope) implements Submission {}

    /**
     * A person gives a device an order; its number is one more than that of the order before.
     *
     * @param expires not begun any later
     */
    record GiveOrder(String device, OrderTask task, Instant expires, String by) implements Submission {}

    /**
     * A device's verified result of an order.
     *
     * @param envelope the exact signed bytes
     */
    record Resulted(OrderResult result, Bytes envelope) implements Submission {}

    /**
     * One start of a device.
     *
     * @param counter its boot counter; 0 where the device could not read it
     * @param nonce its random number
     */
    record Boot(long counter, long nonce) {}
}
