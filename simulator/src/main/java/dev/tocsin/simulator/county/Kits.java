package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.SensingConfig;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.simulator.scenario.DeviceKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the devices of a county are made of. */
final class Kits {

    /** Where the water is at a gauge to which nothing is played, below the warning level. */
    private static final double BELOW_WARNING_M = 1;

    private static final String BUTTON = "wall-button";

    private final CountyPlan.Sensing sensing;
    private final Map<String, Double> levels = new HashMap<>();
    private final Map<String, BoardProfile> profiles = new HashMap<>();

    /** A gauge stands at first where what is played to it begins. */
    Kits(CountyPlan.Sensing sensing) {
        this.sensing = sensing;
        double[] level = new double[1];
        for (CountyPlan.PlannedSignal signal : sensing.signals()) {
            if (DeviceKind.of(signal.device()) == DeviceKind.LEVEL
                    && signal.source().sample(0, level)) {
                levels.putIfAbsent(signal.device(), level[0]);
            }
        }
    }

    /** A device's sensor and detector; nothing if it is a button. */
    Optional<SensorKit> of(String device) {
        return SensorKit.of(
                DeviceKind.of(device),
                sensing.gauge(),
                levels.getOrDefault(device, sensing.gauge().warningM() - BELOW_WARNING_M));
    }

    /** Its board. */
    BoardProfile profile(Optional<SensorKit> kit) {
        return profiles.computeIfAbsent(
                kit.map(SensorKit::profile).orElse(BUTTON),
                name -> BoardProfiles.builtIn(name).orThrow());
    }

    /** What its firmware watches. */
    static SensingConfig config(Optional<SensorKit> kit) {
        return kit.map(SensorKit::config).orElse(SensingConfig.NONE);
    }
}
