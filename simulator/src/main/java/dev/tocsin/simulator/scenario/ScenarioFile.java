package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.yaml.YamlFile;
import java.nio.file.Path;
import java.util.List;

/** Reads scenario files. */
public final class ScenarioFile {

    private ScenarioFile() {}

    /** Reads a file. Blocks. */
    public static Reading read(Path file) {
        return reading(YamlFile.read(file, top -> new ScenarioReader(file.toString(), top.problems()).read(top)));
    }

    /**
     * Reads a text.
     *
     * @param name stands for the file in messages
     */
    public static Reading parse(String name, String yaml) {
        return reading(YamlFile.read(name, yaml, top -> new ScenarioReader(name, top.problems()).read(top)));
    }

    private static Reading reading(Loaded<Scenario> loaded) {
        return switch (loaded) {
            case Loaded.Ok<Scenario>(Scenario scenario) -> new Reading.Read(scenario);
            case Loaded.Bad<Scenario>(List<Problem> problems) -> new Reading.Refused(problems);
        };
    }
}
