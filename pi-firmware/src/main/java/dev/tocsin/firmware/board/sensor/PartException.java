package dev.tocsin.firmware.board.sensor;

/** The bus works, but the chip on it does not say what it should. */
final class PartException extends Exception {

    private static final long serialVersionUID = 1;

    private final Cause what;

    PartException(Cause what, String text) {
        super(text);
        this.what = what;
    }

    Cause what() {
        return what;
    }
}
