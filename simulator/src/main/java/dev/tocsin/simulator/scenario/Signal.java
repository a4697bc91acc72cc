package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.simulator.yaml.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * What a sensor feels, sees or measures for a while: a recording, or a model. Models are made up; they exercise the way from
 * the sample to the ledger and say nothing of how well a detector knows the world.
 */
public sealed interface Signal {

    /** Which sensor it is for. */
    Sense sense();

    /** Sensors, by the key of their stimuli. */
    enum Sense {
        /** Acceleration at the wrist. */
        IMU(DeviceKind.FALL),
        /** Distance to who comes near an edge. */
        DISTANCE(DeviceKind.EDGE),
        /** A wet probe, and acceleration. */
        IMMERSION(DeviceKind.WATER),
        /** A gauge's level. */
        LEVEL(DeviceKind.LEVEL);

        private final DeviceKind device;

        Sense(DeviceKind device) {
            this.device = device;
        }

        /** The devices that have it. */
        public DeviceKind device() {
            return device;
        }
    }

    /**
     * Somebody walks, stands, falls, lies and gets up again.
     *
     * @param impactG the peak at the ground, g
     * @param falling how long it is weightless before that
     * @param lying how long before getting up
     */
    record Fall(double impactG, Duration falling, Duration lying) implements Signal {
        @Override
        public Sense sense() {
            return Sense.IMU;
        }
    }

    /**
     * Somebody walks or runs.
     *
     * @param bobG how far the wrist swings, g either way
     */
    record Walk(double bobG, Duration lasts) implements Signal {
        @Override
        public Sense sense() {
            return Sense.IMU;
        }
    }

    /**
     * A hand hits a table: an impact, and nothing turns.
     *
     * @param impactG the peak, g
     */
    record Knock(double impactG) implements Signal {
        @Override
        public Sense sense() {
            return Sense.IMU;
        }
    }

    /**
     * Somebody comes near the edge, stays and goes.
     *
     * @param nearestM how near, m
     * @param lasts from the first movement to the last
     */
    record Intrusion(double nearestM, Duration lasts) implements Signal {
        @Override
        public Sense sense() {
            return Sense.DISTANCE;
        }
    }

    /**
     * Something is in the sensor's way at once, and gone at once: somebody who passes, a bird.
     *
     * @param nearestM how near, m
     */
    record Passing(double nearestM, Duration lasts) implements Signal {
        @Override
        public Sense sense() {
            return Sense.DISTANCE;
        }
    }

    /**
     * Somebody falls into the water, struggles, and is still.
     *
     * @param struggle how long the struggle is
     * @param lasts how long in the water, with the struggle
     */
    record Plunge(Duration struggle, Duration lasts) implements Signal {
        @Override
        public Sense sense() {
            return Sense.IMMERSION;
        }
    }

    /** The probe is wet once, for that long. */
    record Splash(Duration lasts) implements Signal {
        @Override
        public Sense sense() {
            return Sense.IMMERSION;
        }
    }

    /** Drops run over the probe, one after the other. */
    record Rain(Duration lasts) implements Signal {
        @Override
        public Sense sense() {
            return Sense.IMMERSION;
        }
    }

    /**
     * The water rises evenly, stays, and falls as it rose.
     *
     * @param fromM where it was, m above the gauge's zero
     * @param toM where it goes
     * @param over how long the rise takes, and the fall
     * @param stays how long it stays there
     */
    record Rise(double fromM, double toM, Duration over, Duration stays) implements Signal {
        @Override
        public Sense sense() {
            return Sense.LEVEL;
        }
    }

    /**
     * As it was recorded.
     *
     * @param path file below the data folder
     * @param unit of acceleration; empty where the columns' names say it
     * @param speed how many times as fast as it was recorded
     * @param from what is left out at its beginning, in the recording's time
     * @param lasts how much is played, in the recording's time; to its end where zero
     * @param means the alarm that it owes; none where empty
     * @param otherwise the model that is played where the data is not there
     */
    record Trace(
            Position position,
            Sense sense,
            String path,
            String unit,
            double speed,
            Duration from,
            Duration lasts,
            Optional<AlarmKind> means,
            Optional<Signal> otherwise)
            implements Signal {}
}
