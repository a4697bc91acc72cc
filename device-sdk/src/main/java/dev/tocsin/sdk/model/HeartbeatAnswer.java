package dev.tocsin.sdk.model;

import java.util.List;
import java.util.Optional;

/**
 * What comes back on a heartbeat.
 *
 * @param signed signed {@link Answer}s and {@link DrillOrder}s that the centre could not push
 * @param presence a signed {@link Presence}, where the heartbeat asked for it
 * @param twin which devices speak under this one's id, in words for people; only where the heartbeat was of
 *     {@linkplain AlarmId#UNCOUNTED no boot} and asked for a presence, and where there are several
 */
public record HeartbeatAnswer(List<Bytes> signed, Optional<Bytes> presence, Optional<String> twin) {
    public HeartbeatAnswer {
        signed = List.copyOf(signed);
    }

    /** Of a centre that knows of no twin. */
    public HeartbeatAnswer(List<Bytes> signed, Optional<Bytes> presence) {
        this(signed, presence, Optional.empty());
    }
}
