package dev.tocsin.sdk.update;

/** What updates ask of the device. Called on their event loop. */
public interface UpdateListener {

    /** The program shall end and be started again by its launcher, as soon as no alarm is under way. */
    void restart(String why);

    /** A person has to know: to be raised as an alarm of kind FAULT. */
    void fault(String what);

    /** Something for the record. */
    void news(String what);

    /** How far the update is has changed: {@link Updates#report()}. */
    void moved();
}
