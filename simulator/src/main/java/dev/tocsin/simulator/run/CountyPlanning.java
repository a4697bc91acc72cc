package dev.tocsin.simulator.run;

import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.report.Input;
import java.util.List;

/** How planning for the virtual world went. */
sealed interface CountyPlanning {

    /**
     * It can be played.
     *
     * @param counties each that has devices, in the order of the scenario
     * @param input where contacts' movements and lines come from
     */
    record Planned(List<CountyPlan> counties, Input input) implements CountyPlanning {
        public Planned {
            counties = List.copyOf(counties);
        }
    }

    /** The scenario asks for what is not there. */
    record Refused(List<Problem> problems) implements CountyPlanning {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
