package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.config.Problem;
import java.util.List;

/** What came of reading a scenario. */
public sealed interface Reading {

    /** It can be played. */
    record Read(Scenario scenario) implements Reading {}

    /** It cannot; every problem found, in the order of the file. At least one. */
    record Refused(List<Problem> problems) implements Reading {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
