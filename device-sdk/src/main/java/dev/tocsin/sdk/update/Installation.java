package dev.tocsin.sdk.update;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.Slot;
import java.util.Map;

/**
 * What runs here, and on what.
 *
 * @param device the device's id
 * @param vendor its vendor's UUID, 16 bytes
 * @param deviceClass its class's UUID, 16 bytes; another architecture is another class
 * @param version of the program that runs
 * @param running the slot it was started from, as the launcher says
 * @param provides what updates may need here, by name: {@code java} and its version
 */
public record Installation(
        String device,
        Bytes vendor,
        Bytes deviceClass,
        ProgramVersion version,
        Slot running,
        Map<String, ProgramVersion> provides) {

    public Installation {
        provides = Map.copyOf(provides);
    }
}
