package dev.tocsin.sdk.model;

import java.util.List;
import java.util.Optional;

/**
 * What comes back on a heartbeat.
 *
 * @param signed signed {@link Answer}s and {@link DrillOrder}s that the centre could not push
 * @param presence a signed {@link Presence}, where the heartbeat asked for it
 */
public record HeartbeatAnswer(List<Bytes> signed, Optional<Bytes> presence) {
    public HeartbeatAnswer {
        signed = List.copyOf(signed);
    }
}
