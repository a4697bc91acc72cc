package dev.tocsin.sdk.codec;

/** What came of reading bytes from outside. */
public sealed interface Decoded<T> {

    /** They said this. */
    record Ok<T>(T value) implements Decoded<T> {}

    /**
     * They could not be read.
     *
     * @param why one sentence for the audit line, naming the part that is wrong
     */
    record Malformed<T>(String why) implements Decoded<T> {}

    /** The value, or an exception: for bytes of one's own making only. */
    default T orThrow() {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Malformed<T>(String why) -> throw new IllegalStateException(why);
        };
    }
}
