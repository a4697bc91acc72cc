package dev.tocsin.simulator.centre.registry;

import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.yaml.YamlMap;
import java.util.List;
import java.util.Optional;

/** Reads {@code sm2-id}: what SM2 keys that stand beside it sign under, where that is not the usual id. */
public final class Sm2Ids {

    /** The key in a file. */
    public static final String KEY = "sm2-id";

    private Sm2Ids() {}

    /** The id that is given; empty if none, or if it cannot be one, which is noted. */
    public static Optional<Sm2Id> in(YamlMap map) {
        try {
            return map.optionalText(KEY).map(Sm2Id::of);
        } catch (IllegalArgumentException e) {
            map.problem(KEY, KEY + ": " + e.getMessage(), "leave it out for the usual 1234567812345678");
            return Optional.empty();
        }
    }

    /** Notes it where none of the keys beside the id is an SM2 key. */
    public static void refuseIdle(YamlMap map, List<SignatureAlgorithm> algorithms) {
        if (map.has(KEY) && !algorithms.isEmpty() && !algorithms.contains(SignatureAlgorithm.SM2)) {
            map.problem(KEY, KEY + ", but no SM2 key beside it", "leave it out: other keys sign under no id");
        }
    }

    /** As {@link #refuseIdle(YamlMap, List)}. */
    public static void refuseIdleBeside(YamlMap map, List<Verifier> keys) {
        refuseIdle(map, keys.stream().map(Verifier::algorithm).toList());
    }
}
