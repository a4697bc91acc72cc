package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The other centres that a centre tells of its drills, and those that tell it of theirs.
 *
 * @param told centres that are told
 * @param tellers centres that are believed
 */
public record Partners(List<Told> told, List<Teller> tellers) {

    /** Nobody. */
    public static final Partners NONE = new Partners(List.of(), List.of());

    /**
     * A centre that is told of the drills here.
     *
     * @param id its id
     * @param addresses where it listens, such as {@code coaps://10.0.0.2:5684}; the first is tried first
     * @param keys verify its receipts; several while it changes its key
     */
    public record Told(String id, List<String> addresses, List<Verifier> keys) {
        public Told {
            addresses = List.copyOf(addresses);
            keys = List.copyOf(keys);
            if (addresses.isEmpty() || keys.isEmpty()) {
                throw new IllegalArgumentException(id + " needs an address and a key");
            }
        }
    }

    /**
     * A centre that tells of its drills.
     *
     * @param id its id
     * @param keys verify its notices; several while it changes its key
     */
    public record Teller(String id, List<Verifier> keys) {
        public Teller {
            keys = List.copyOf(keys);
        }
    }

    public Partners {
        told = List.copyOf(told);
        tellers = List.copyOf(tellers);
    }

    /** The key of this id, whichever partner's it is. */
    public Optional<Verifier> key(Bytes id) {
        return Stream.concat(
                        told.stream().flatMap(t -> t.keys.stream()),
                        tellers.stream().flatMap(t -> t.keys.stream()))
                .filter(key -> key.keyId().equals(id))
                .findFirst();
    }

    Optional<Teller> teller(String id) {
        return tellers.stream().filter(t -> t.id.equals(id)).findFirst();
    }

    static Optional<Verifier> key(List<Verifier> keys, Bytes id) {
        return keys.stream().filter(key -> key.keyId().equals(id)).findFirst();
    }
}
