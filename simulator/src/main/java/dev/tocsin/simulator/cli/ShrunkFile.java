package dev.tocsin.simulator.cli;

import dev.tocsin.simulator.report.Provenance;
import dev.tocsin.simulator.scenario.Scenario;
import dev.tocsin.simulator.shrink.Failure;
import dev.tocsin.simulator.shrink.Shrinker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a scenario that was shrunk, with where it comes from at its head. */
record ShrunkFile(Scenario failing, long seed, Failure failure, Shrinker.Shrunk shrunk, RunOutput output) {

    /** Writes it into the report's folder, or the current one. */
    Path write() throws IOException {
        return Files.writeString(path(), text());
    }

    private Path path() {
        return output.file("shrunk-" + failing.name() + "-" + seed + ".yaml");
    }

    /** All that stands in it. */
    String text() {
        Provenance provenance = output.provenance(seed);
        return """
                # Shrunk from %s, seed %d, in %d runs: %s
                # are left of what it draws, %s.
                # Violated: %s
                # Found by %s%s: %s
                # This alone: %s
                """.formatted(
                                failing.name(),
                                seed,
                                shrunk.runs(),
                                Shrinker.Shrunk.size(shrunk.scenario()),
                                shrunk.from(),
                                String.join(", ", failure.violated()),
                                provenance.version(),
                                provenance.commit().map(c -> ", commit " + c).orElse(""),
                                provenance.replay(),
                                output.replay().alone(path()))
                + shrunk.text();
    }
}
