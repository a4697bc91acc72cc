package dev.tocsin.simulator.centre.ledger;

/** What an entry records. The names are stored and hashed: never rename one. */
public enum EntryType {
    /** A signed alarm of a device, the first under its id. */
    ALARM,
    /**
     * Something that contradicts what the ledger knows: an alarm with a known id and other content, or from a boot whose
     * nonce is another (both with their envelope, both as good as an {@link #ALARM} to whoever pressed); or a heartbeat of
     * an earlier or another boot (without).
     */
    CONFLICT,
    /** The centre found something wrong about a device. A person has to look. */
    FAULT,
    /** A person took an alarm on. */
    ACCEPTED,
    /** A person closed an alarm. */
    CLOSED,
    /** A heartbeat told of a boot that was not known yet. */
    BOOT,
    /** A device fell silent. */
    OFFLINE,
    /** A device that was silent is back. */
    ONLINE,
    /** A person ordered a drill, see {@link DrillPlan}. */
    DRILL_BEGUN,
    /** A person ended a drill before its time. */
    DRILL_ENDED,
    /**
     * Another centre says that it holds a drill, or that one is over, with its signed notice; see {@link HeldNotice}. It
     * changes nothing about any alarm.
     */
    DRILL_NOTICE,
    /** A centre that was told of the start or the end of a drill here has it, with its signed receipt. */
    NOTICE_TAKEN,
    /** A person gave a device an order other than a drill, see {@link OrderPlan}. */
    ORDERED,
    /** What became of an order, with the device's signed result, see {@link OrderStanding}. */
    ORDER_RESULT;

    /** Whether it is one of those that orders other than drills are about. */
    public boolean isAboutOrders() {
        return this == ORDERED || this == ORDER_RESULT;
    }

    /** Whether it is one of those that drills are about. */
    public boolean isAboutDrills() {
        return switch (this) {
            case DRILL_BEGUN, DRILL_ENDED, DRILL_NOTICE, NOTICE_TAKEN -> true;
            case ALARM, CONFLICT, FAULT, ACCEPTED, CLOSED, BOOT, OFFLINE, ONLINE, ORDERED, ORDER_RESULT -> false;
        };
    }
}
