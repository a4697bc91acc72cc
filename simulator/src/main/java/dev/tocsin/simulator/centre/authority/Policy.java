package dev.tocsin.simulator.centre.authority;

import java.time.Duration;

/**
 * For how long the authority says what.
 *
 * @param lifetime of a device's certificates
 * @param renewExpired how long after its end a certificate still renews, for devices that were off over the holidays
 */
public record Policy(Duration lifetime, Duration renewExpired) {

    /** A year, and a year. */
    public static final Policy USUAL = new Policy(Duration.ofDays(365), Duration.ofDays(365));

    /** How long a claim is good for that nobody uses. */
    public static final Duration CLAIM = Duration.ofDays(14);

    /** After how long whoever waits for a decision asks again: Max-Age of the 5.03 (RFC 9148, section 4.7). */
    public static final Duration ASK_AGAIN = Duration.ofSeconds(30);

    private static final Duration AN_HOUR = Duration.ofHours(1);

    /** Certificates begin so long ago, for clocks that are a little slow: an hour, and less of a short life. */
    Duration backdated() {
        return shortOf(lifetime);
    }

    /** Whoever asks again within this gets the same certificate again: its answer may have been lost. */
    Duration repeat() {
        return shortOf(lifetime);
    }

    private static Duration shortOf(Duration life) {
        Duration part = life.dividedBy(20);
        return part.compareTo(AN_HOUR) < 0 ? part : AN_HOUR;
    }
}
