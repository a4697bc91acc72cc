package dev.tocsin.simulator.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The scenarios that come along. */
public final class BuiltIn {

    /** What is played when nobody says what. */
    public static final String DEFAULT = "county-drill";

    /** Their names: what is played in virtual time, then what is meant for the real world. */
    public static final List<String> NAMES = List.of(
            DEFAULT,
            "city-morning",
            "night-drill",
            "power-cut",
            "cellular",
            "police-link-down",
            "nat-rebind",
            "storm",
            "holiday",
            "thundering-herd",
            "scale",
            "lossy",
            "gauntlet",
            "attacker",
            "campus-day",
            "river-rising",
            "desk",
            "presses",
            "burst",
            "centre-crash");

    private BuiltIn() {}

    /** The file's text; empty if there is none of that name. */
    public static Optional<String> yaml(String name) {
        return NAMES.contains(name) ? Optional.of(resource("/scenarios/" + name + ".yaml")) : Optional.empty();
    }

    /** The JSON schema of the language (draft 2020-12), for editors. */
    public static String schema() {
        return resource("/scenario.schema.json");
    }

    private static String resource(String path) {
        try (InputStream in = BuiltIn.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenario; empty if there is none of that name. */
    public static Optional<Reading> read(String name) {
        return yaml(name).map(text -> ScenarioFile.parse("built-in " + name, text));
    }
}
