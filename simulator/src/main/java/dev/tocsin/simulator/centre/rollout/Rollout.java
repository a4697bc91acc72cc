package dev.tocsin.simulator.centre.rollout;

import dev.tocsin.sdk.model.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One program on its way to a fleet.
 *
 * @param sequence the manifest's: names the rollout
 * @param version of the program
 * @param manifest the signed manifest, as devices get it
 * @param sha256 the payload's
 * @param devices ids of the devices it is for; {@code *} stands for anything
 * @param stages percent of these devices, rising, the last is 100
 * @param maxFailures at so many it stops
 * @param by who started it
 * @param state whether it goes on
 * @param stage which of the stages it is at, from 0
 * @param why it stopped, for people; may be empty
 */
public record Rollout(
        long sequence,
        String version,
        Bytes manifest,
        Bytes sha256,
        String devices,
        List<Integer> stages,
        int maxFailures,
        String by,
        Instant started,
        State state,
        int stage,
        String why) {

    /** Most stages. */
    public static final int MAX_STAGES = 20;

    /** Whether it goes on. */
    public enum State {
        /** Devices are offered it, and it goes from stage to stage. */
        RUNNING,
        /** Nobody is offered it. */
        STOPPED
    }

    public Rollout {
        stages = List.copyOf(stages);
        if (stages.isEmpty() || stages.size() > MAX_STAGES || stages.getLast() != 100) {
            throw new IllegalArgumentException("1 to " + MAX_STAGES + " stages, the last of them 100 %");
        }
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) < 1 || (i > 0 && stages.get(i) <= stages.get(i - 1))) {
                throw new IllegalArgumentException("stages rise from at least 1 % to 100 %");
            }
        }
        if (maxFailures < 1) {
            throw new IllegalArgumentException("it stops at 1 failure or more, not at " + maxFailures);
        }
    }

    /** Whether a device is offered it now: the same devices in every stage, others in another rollout. */
    public boolean offers(String device) {
        return state == State.RUNNING && isFor(device) && share(device) < stages.get(stage) * 100;
    }

    /** Whether it is for this device, in this stage or in a later one. */
    public boolean isFor(String device) {
        StringBuilder pattern = new StringBuilder();
        for (String part : devices.split("\\*", -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(pattern.toString(), device);
    }

    /** Where the device stands among all, from 0 to 9999: by chance, and always the same. */
    private int share(String device) {
        byte[] hash = Bytes.wrap((sequence + "/" + device).getBytes(StandardCharsets.UTF_8))
                .sha256()
                .readOnlyArray();
        return (int) (Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) % 10_000);
    }

    /** The same with another limit. */
    public Rollout bearing(int failures) {
        return new Rollout(
                sequence, version, manifest, sha256, devices, stages, failures, by, started, state, stage, why);
    }

    /** The same elsewhere on its way. */
    public Rollout at(State newState, int newStage, String newWhy) {
        return new Rollout(
                sequence,
                version,
                manifest,
                sha256,
                devices,
                stages,
                maxFailures,
                by,
                started,
                newState,
                newStage,
                newWhy);
    }
}
