package dev.tocsin.simulator.run;

import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Occurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A centre's process is killed, and started again later: the fault that the real world has.
 *
 * @param at when, from the start of the run
 * @param downFor from the kill to the new start
 */
record CentreKill(Duration at, String centre, Duration downFor) {

    /** The kills among these faults. */
    static List<CentreKill> among(List<Fault> faults) {
        List<CentreKill> kills = new ArrayList<>();
        for (Fault fault : faults) {
            if (fault instanceof Fault.OfCentre of && of.outage() instanceof Fault.Killed(Duration lasts)) {
                switch (of.when()) {
                    case Occurrence.At(var moment) ->
                        kills.add(new CentreKill(moment.offset(), of.centre().id(), lasts));
                    case Occurrence.Every(var repetition) -> {
                        for (int time = 1; time <= repetition.times(); time++) {
                            kills.add(new CentreKill(
                                    repetition.at(time), of.centre().id(), lasts));
                        }
                    }
                    case Occurrence.Anywhere a -> {}
                }
            }
        }
        return kills;
    }
}
