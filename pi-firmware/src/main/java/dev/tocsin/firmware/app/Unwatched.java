package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.SensingConfig.WatchPlan;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Findings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wired to a board and nothing looks at: a beam without a detector is a board that looks armed and is not. No mistake,
 * for a board need not have all that its profile could, but whoever wrote the configuration should know.
 */
final class Unwatched {

    private static final Findings NOBODY = new Findings() {
        @Override
        public void found(Detection detection) {}

        @Override
        public void health(String cause, boolean isStanding, String text) {}
    };

    private Unwatched() {}

    /** Its contacts, other than a button's and data-ready lines, and its sensors, in the profile's order. */
    static List<String> of(FirmwareConfig config) {
        BoardProfile profile = config.profile();
        Set<String> names = new LinkedHashSet<>(contacts(profile));
        profile.sensors().values().stream()
                .filter(spec -> !spec.type().channels().isEmpty())
                .forEach(spec -> names.add(spec.name()));
        for (WatchPlan watch : config.sensing().watches()) {
            names.remove(watch.source());
            if (watch.making().apply(NOBODY) instanceof BesideSensors beside) {
                names.removeAll(beside.listeners().keySet());
            }
        }
        return List.copyOf(names);
    }

    /** Inputs that are neither a button's nor a sensor's data-ready line. */
    static Set<String> contacts(BoardProfile profile) {
        Set<String> contacts = new LinkedHashSet<>(profile.inputs().keySet());
        contacts.removeAll(ButtonDevice.INPUTS);
        profile.sensors().values().forEach(spec -> spec.ready().ifPresent(contacts::remove));
        return contacts;
    }
}
