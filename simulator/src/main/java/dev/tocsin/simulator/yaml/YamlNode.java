package dev.tocsin.simulator.yaml;

import java.util.List;
import java.util.Map;

/** A YAML value and where it begins. */
sealed interface YamlNode {

    Position at();

    /**
     * A value that has no parts.
     *
     * @param text as it is written, without quotes
     * @param nothing whether there is no value: {@code null}, {@code ~} or nothing at all
     */
    record Scalar(Position at, String text, boolean nothing) implements YamlNode {}

    /** A list. */
    record Sequence(Position at, List<YamlNode> items) implements YamlNode {}

    /** A map, in the order of the file. */
    record Mapping(Position at, Map<String, Keyed> keys) implements YamlNode {}

    /** A map's value and where its key is. */
    record Keyed(Position at, YamlNode value) {}
}
