package dev.tocsin.simulator.eval;

import java.util.Optional;

/**
 * A vector that others published, and what our own verifier made of it.
 *
 * @param id where it stands in its file
 * @param valid as it is marked
 * @param notOurs why it cannot be accepted here though it may be valid; said before it is tried, by what it is and not by
 *     what came of it
 * @param accepted what came of it
 */
public record Vector(String id, boolean valid, Optional<String> notOurs, boolean accepted) {

    /** Valid, ours, and accepted. */
    boolean acceptedAsMarked() {
        return valid && accepted && notOurs.isEmpty();
    }

    /** Invalid and refused. */
    boolean rejectedAsMarked() {
        return !valid && !accepted;
    }

    /** Why it was refused though it is valid; empty if it was not, or for no reason that was known beforehand. */
    Optional<String> explained() {
        return valid && !accepted ? notOurs : Optional.empty();
    }

    /** What nobody expected; empty if all is well. */
    Optional<String> unexplained() {
        if (acceptedAsMarked() || rejectedAsMarked() || explained().isPresent()) {
            return Optional.empty();
        }
        if (!accepted) {
            return Optional.of(id + ": marked valid, and refused");
        }
        return Optional.of(
                id + (valid ? ": accepted, though " + notOurs.orElse("") : ": marked invalid, and accepted"));
    }
}
