package dev.tocsin.simulator.scenario;

import java.util.Optional;

/** One end of a way through the network. */
public sealed interface End {

    /**
     * A centre.
     *
     * @param county of this county; every county's where empty
     */
    record Centre(Optional<String> county, String id) implements End {

        /** Whether it is one of this county's. */
        public boolean isIn(String code) {
            return county.isEmpty() || county.get().equals(code);
        }
    }

    /** These devices. */
    record Devices(Selector selector) implements End {}

    /** The attacker. */
    record Attacker() implements End {}
}
