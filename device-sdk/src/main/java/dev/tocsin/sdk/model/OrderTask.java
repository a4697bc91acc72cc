package dev.tocsin.sdk.model;

import java.time.Duration;
import java.util.Optional;

/** What a {@link DeviceOrder} asks for. Whether it is in range is for the device to judge, with {@link #objection}. */
public sealed interface OrderTask {

    /** Its kind. */
    OrderKind kind();

    /** Why no device does this, whatever its state; empty if it is in range. */
    Optional<String> objection();

    /**
     * Other settings; what is empty stays as it is.
     *
     * @param base only if the device's settings are of this version; 0: whatever they are
     * @param heartbeat period of the heartbeat, {@link #MIN_HEARTBEAT} to {@link #MAX_HEARTBEAT}; zero: as the device's own
     *     configuration says
     * @param keepAlive a heartbeat out of turn when none was sent for so long, so that a NAT keeps its mapping, {@link
     *     #MIN_KEEP_ALIVE} to {@link #MAX_KEEP_ALIVE}; zero: off
     * @param probation rolled back unless the centres are reached within this time, {@link #MIN_PROBATION} to {@link
     *     #MAX_PROBATION}
     */
    record Adjust(long base, Optional<Duration> heartbeat, Optional<Duration> keepAlive, Duration probation)
            implements OrderTask {

        /** Shortest heartbeat that can be ordered. */
        public static final Duration MIN_HEARTBEAT = Duration.ofSeconds(5);

        /** Longest heartbeat that can be ordered. */
        public static final Duration MAX_HEARTBEAT = Duration.ofHours(1);

        /** Shortest keep-alive. */
        public static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(5);

        /** Longest keep-alive. */
        public static final Duration MAX_KEEP_ALIVE = Duration.ofMinutes(5);

        /** The keep-alive where it is just switched on: NAT mappings of 30 s are the shortest in the field (RFC 7857). */
        public static final Duration USUAL_KEEP_ALIVE = Duration.ofSeconds(25);

        /** Shortest probation. */
        public static final Duration MIN_PROBATION = Duration.ofSeconds(10);

        /** Longest probation. */
        public static final Duration MAX_PROBATION = Duration.ofHours(1);

        /** The probation unless told otherwise. */
        public static final Duration USUAL_PROBATION = Duration.ofMinutes(5);

        @Override
        public OrderKind kind() {
            return OrderKind.SETTINGS;
        }

        @Override
        public Optional<String> objection() {
            if (heartbeat.isEmpty() && keepAlive.isEmpty()) {
                return Optional.of("no setting is named");
            }
            return heartbeat
                    .filter(h -> !h.isZero())
                    .flatMap(h -> OrderTask.outOf("heartbeat", h, MIN_HEARTBEAT, MAX_HEARTBEAT))
                    .or(() -> keepAlive
                            .filter(k -> !k.isZero())
                            .flatMap(k -> OrderTask.outOf("keep-alive", k, MIN_KEEP_ALIVE, MAX_KEEP_ALIVE)))
                    .or(() -> OrderTask.outOf("probation", probation, MIN_PROBATION, MAX_PROBATION));
        }
    }

    /**
     * The lamp blinks.
     *
     * @param lasts how long, more than nothing and at most {@link #MAX_LASTS}
     */
    record Locate(Duration lasts) implements OrderTask {

        /** Longest. */
        public static final Duration MAX_LASTS = Duration.ofMinutes(10);

        @Override
        public OrderKind kind() {
            return OrderKind.LOCATE;
        }

        @Override
        public Optional<String> objection() {
            return OrderTask.outOf("time", lasts, Duration.ofSeconds(1), MAX_LASTS);
        }
    }

    /** Reads the inputs, switches the outputs, sends a TEST alarm to every centre. */
    record SelfTest() implements OrderTask {
        @Override
        public OrderKind kind() {
            return OrderKind.SELF_TEST;
        }

        @Override
        public Optional<String> objection() {
            return Optional.empty();
        }
    }

    /** The program ends and is started again. */
    record Reboot() implements OrderTask {
        @Override
        public OrderKind kind() {
            return OrderKind.REBOOT;
        }

        @Override
        public Optional<String> objection() {
            return Optional.empty();
        }
    }

    /**
     * What a sensor's input raises is marked as maintenance (mode TEST).
     *
     * @param input its name; never the panic button's
     * @param lasts how long, {@link #MIN_LASTS} to {@link #MAX_LASTS}; zero ends it
     */
    record Bypass(String input, Duration lasts) implements OrderTask {

        /** Shortest. */
        public static final Duration MIN_LASTS = Duration.ofSeconds(10);

        /** Longest: a working day. */
        public static final Duration MAX_LASTS = Duration.ofHours(8);

        /** Longest name. */
        public static final int MAX_INPUT_BYTES = 64;

        public Bypass {
            Bounds.check("input's name", input, MAX_INPUT_BYTES);
            if (input.isBlank()) {
                throw new IllegalArgumentException("an input without a name");
            }
        }

        @Override
        public OrderKind kind() {
            return OrderKind.BYPASS;
        }

        @Override
        public Optional<String> objection() {
            return lasts.isZero() ? Optional.empty() : OrderTask.outOf("time", lasts, MIN_LASTS, MAX_LASTS);
        }
    }

    private static Optional<String> outOf(String what, Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0
                ? Optional.empty()
                : Optional.of("a " + what + " of " + seconds(value) + " s: from " + seconds(least) + " to "
                        + seconds(most) + " s");
    }

    private static String seconds(Duration d) {
        return d.toMillis() % 1_000 == 0 ? String.valueOf(d.toSeconds()) : String.valueOf(d.toMillis() / 1e3);
    }
}
