package dev.tocsin.simulator.emulated;

/** A program that a board is updated with, and that must not stay: on its own in a jar, on the board. */
final class CrashingProgram {

    private CrashingProgram() {}

    /** Crashes. */
    @SuppressWarnings("DoNotCallSuggester") // Java calls it
    public static void main(String[] args) {
        throw new IllegalStateException("this version crashes at its start");
    }
}
