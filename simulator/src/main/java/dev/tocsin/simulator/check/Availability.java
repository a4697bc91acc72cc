package dev.tocsin.simulator.check;

/**
 * How much of the time the ways from devices to centres were open. A way counts as shut from the last datagram that
 * arrived to the next, where that took longer than the supervision time: whatever shut it, a cut line, a device without
 * power or a centre that is down.
 *
 * @param watchedNs how long all ways were watched, added up
 * @param shutNs how long they were shut, added up
 */
public record Availability(long watchedNs, long shutNs) {

    /** Nobody watched. */
    public static final Availability UNKNOWN = new Availability(0, 0);

    static Availability of(Witness witness) {
        return new Availability(
                witness.watchedNs(),
                witness.silences().stream()
                        .mapToLong(s -> s.toNs() - s.fromNs())
                        .sum());
    }

    Availability plus(Availability other) {
        return new Availability(watchedNs + other.watchedNs, shutNs + other.shutNs);
    }

    /** Whether anybody watched. */
    public boolean isKnown() {
        return watchedNs > 0;
    }

    /** 0 to 100; NaN if nobody watched. */
    public double percent() {
        return isKnown() ? 100.0 * (watchedNs - shutNs) / watchedNs : Double.NaN;
    }
}
