package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.value.Rate;
import dev.tocsin.simulator.yaml.Position;
import java.util.List;
import java.util.Optional;

/**
 * What lies between devices and centres.
 *
 * @param position where it is written; empty if nothing is
 * @param usual every device's link
 * @param others links of some devices; the last that picks a device holds
 * @param centres how much each centre's line carries, each way; as much as comes where nobody says
 */
public record Network(Optional<Position> position, Link usual, List<Other> others, Optional<Rate> centres) {

    /** Nothing is said: a good network. */
    public static final Network UNSAID = new Network(Optional.empty(), Link.UNSAID, List.of(), Optional.empty());

    public Network {
        others = List.copyOf(others);
    }

    /** What is said of some devices' links. */
    public record Other(Position position, Selector devices, Link link) {}
}
