package dev.tocsin.firmware.app.doctor;

/** How bad something is. The worst of all is the command's exit code: 0, 1 or 3. */
public enum Grade {
    /** As it should be. */
    OK(0),
    /** The device works, but not as well or as long as it should. */
    WARNING(1),
    /** The device does not do what it is there for. */
    BROKEN(3);

    private final int exitCode;

    Grade(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What the command exits with where this is the worst. 2 is bad input and never comes from here. */
    public int exitCode() {
        return exitCode;
    }
}
