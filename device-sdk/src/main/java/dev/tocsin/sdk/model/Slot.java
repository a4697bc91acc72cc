package dev.tocsin.sdk.model;

/** Where a program to start lies. */
public enum Slot {
    /** What the installed package brought: never written by an update, started where nothing else can be. */
    PACKAGED,
    /** The first of the two that updates are written to. */
    A,
    /** The second. */
    B;

    /** The slot that an update is written to while this one runs. */
    public Slot other() {
        return this == A ? B : A;
    }

    /** Its name in the boot record and its folder's. */
    public String label() {
        return switch (this) {
            case PACKAGED -> "packaged";
            case A -> "a";
            case B -> "b";
        };
    }
}
