package dev.tocsin.sdk.update;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.UpdateManifest;
import java.util.Map;
import java.util.Optional;

/** Whether a manifest that a centre signed is for this device, now. Pure. */
final class Admission {

    private Admission() {}

    /** Why it is not taken, for people; empty if it is. */
    static Optional<String> refusal(UpdateManifest m, Installation here, BootState state) {
        if (!m.vendor().equals(here.vendor())) {
            return Optional.of("it is for devices of another vendor");
        }
        if (!m.deviceClass().equals(here.deviceClass())) {
            return Optional.of("it is for another class of device or another architecture");
        }
        if (m.sequence() <= state.highestSequence()) {
            return Optional.of("its sequence number " + m.sequence() + " has been used: " + state.highestSequence()
                    + " was tried; sign it again with a higher one");
        }
        int order = m.version().compareTo(here.version());
        if (order < 0 && !m.downgrade()) {
            return Optional.of("version " + m.version() + " is older than " + here.version()
                    + ", which runs, and no downgrade was ordered");
        }
        if (m.from().isPresent() && here.version().compareTo(m.from().get()) < 0) {
            return Optional.of("it goes over " + m.from().get() + " or newer, and " + here.version() + " runs");
        }
        Optional<Bytes> running = state.confirmed().map(BootState.Program::sha256);
        if (m.precursorSha256().isPresent() && !m.precursorSha256().equals(running)) {
            return Optional.of("it goes over another program than the one that runs");
        }
        for (Map.Entry<String, ProgramVersion> need : m.needs().entrySet()) {
            ProgramVersion has = here.provides().get(need.getKey());
            if (has == null || has.compareTo(need.getValue()) < 0) {
                return Optional.of("it needs " + need.getKey() + " " + need.getValue() + ", and here is "
                        + (has == null ? "none" : has.text()));
            }
        }
        return Optional.empty();
    }
}
