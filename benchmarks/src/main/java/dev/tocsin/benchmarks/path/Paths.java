package dev.tocsin.benchmarks.path;

import java.io.IOException;
import java.util.List;

/** The paths there are, by name, in the order of the tables. */
public final class Paths {

    /** The least this machine needs, synced. */
    public static final String FLOOR = "floor";

    /** Our own path as it ships. */
    public static final String OURS = "tocsin-dtls";

    /** The same two in memory: where nothing is synced to a disk. */
    public static final String FLOOR_UNSYNCED = "floor-unsynced";

    /** Our own path in memory. */
    public static final String OURS_UNSYNCED = "tocsin-dtls-unsynced";

    /** From the contact of a mock board. */
    public static final String PRESS = "tocsin-press";

    /** MQTT 5 through a broker. */
    public static final String MQTT = "mqtt-tls";

    /** A POST over HTTPS. */
    public static final String HTTPS = "https";

    /** LwM2M Send. */
    public static final String LESHAN = "leshan-lwm2m";

    private static final String SHIPS =
            "as it ships: CoAP over DTLS 1.2 with X.509 on both ends and connection id, device"
                    + " journal synced beside it, SQLite ledger (WAL, synchronous=FULL) with hash chain";

    /** A press, its release and both debounced: as fast as a hand goes, and that is what saturates a contact. */
    private static final double PRESSES_PER_SECOND = 5;

    private static final int SLOW_WARM_UP = 25;
    private static final double ANY = Double.POSITIVE_INFINITY;

    private Paths() {}

    /** Starts a receiver, or says why this machine has none of this kind. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Starts it.
         *
         * @throws IOException if it cannot be had here, saying why and what would help
         */
        Carrier open(Site site, Cast cast) throws IOException;
    }

    /**
     * A path that can be measured.
     *
     * @param name its name
     * @param peer whether it is what a user could pick instead of ours
     * @param synced whether its files belong on the disk; otherwise in memory
     * @param mostPerSecond the highest rate that makes sense
     * @param opening starts it
     */
    public record Candidate(String name, boolean peer, boolean synced, double mostPerSecond, Opening opening) {

        /** Whether others are measured by it. */
        public boolean isFloor() {
            return name.equals(FLOOR) || name.equals(FLOOR_UNSYNCED);
        }

        /** How many alarms warm it: fewer where each takes its time. */
        public int warmUp(int usual) {
            return mostPerSecond < Double.POSITIVE_INFINITY ? Math.min(usual, SLOW_WARM_UP) : usual;
        }
    }

    /** All of them. */
    public static List<Candidate> all() {
        return List.of(
                new Candidate(FLOOR, false, true, ANY, (site, cast) -> Floor.open(FLOOR, site, cast)),
                ours(new Tocsin.Variant(OURS, true, 1, false, SHIPS), true),
                new Candidate(MQTT, true, true, ANY, Mqtt::open),
                new Candidate(HTTPS, true, true, ANY, Https::open),
                new Candidate(LESHAN, true, true, ANY, Leshan::open),
                new Candidate(
                        FLOOR_UNSYNCED, false, false, ANY, (site, cast) -> Floor.open(FLOOR_UNSYNCED, site, cast)),
                ours(new Tocsin.Variant(OURS_UNSYNCED, true, 1, false, "the same, all files in memory"), false),
                ours(new Tocsin.Variant("tocsin-plain", false, 1, false, "the same without DTLS"), true),
                ours(new Tocsin.Variant("tocsin-both", true, 2, false, "receipted by both of two centres"), true),
                ours(
                        new Tocsin.Variant(
                                PRESS, true, 1, true, "from the contact of a Pi4J mock board; debouncing takes 3 ms"),
                        true),
                ours(new Tocsin.Variant("tocsin-press-plain", false, 1, true, "from the contact, without DTLS"), true),
                ours(
                        new Tocsin.Variant(
                                "tocsin-press-both", true, 2, true, "from the contact to both of two centres"),
                        true));
    }

    /**
     * Our own path as it ships, without a candidate around it.
     *
     * @throws IOException if a centre cannot start, saying why
     */
    public static Tocsin ours(Site site, Cast cast) throws IOException {
        return Tocsin.open(new Tocsin.Variant(OURS, true, 1, false, SHIPS), site, cast);
    }

    private static Candidate ours(Tocsin.Variant variant, boolean synced) {
        double most = variant.press() ? PRESSES_PER_SECOND : ANY;
        return new Candidate(variant.name(), false, synced, most, (site, cast) -> Tocsin.open(variant, site, cast));
    }
}
