package dev.tocsin.sdk.session;

import java.time.Instant;

/** What a session tells. Called on the event loop; whatever it throws is a bug. */
public interface SessionListener {

    /** The boot counter is synced, or known not to be writable: from here on a press counts. */
    default void armed() {}

    /** Something about an alarm has changed. */
    default void alarmChanged(AlarmStatus status) {}

    /** The lamp shall show this from now on. */
    default void indicationChanged(Indication indication) {}

    /** A centre's signature told the time: it is this now, or was. */
    default void centreTime(Instant time) {}

    /** Something went wrong or right again; a sentence for the device's log. */
    default void remark(String sentence) {}
}
