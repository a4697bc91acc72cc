package dev.tocsin.sdk.model;

/**
 * What a device tells a centre of its program. Inside DTLS, not signed: no life hangs on it.
 *
 * @param device who says it
 * @param vendor its vendor's UUID, 16 bytes
 * @param deviceClass its class's UUID, 16 bytes
 * @param running the version that runs
 * @param phase how far the update is
 * @param sequence of the manifest that {@code phase} speaks of; 0: of none
 * @param fetchedBytes how much of its payload is there
 * @param why in what way it failed or was refused, for people; may be empty
 */
public record UpdateReport(
        String device,
        Bytes vendor,
        Bytes deviceClass,
        ProgramVersion running,
        UpdatePhase phase,
        long sequence,
        long fetchedBytes,
        String why) {

    /** Longest reason, bytes of UTF-8. */
    public static final int MAX_WHY_BYTES = 300;

    public UpdateReport {
        Bounds.check("reason", why, MAX_WHY_BYTES);
        if (vendor.size() != 16 || deviceClass.size() != 16) {
            throw new IllegalArgumentException("vendor and class are UUIDs of 16 bytes");
        }
        if (sequence < 0 || fetchedBytes < 0) {
            throw new IllegalArgumentException("a negative sequence or size");
        }
    }
}
