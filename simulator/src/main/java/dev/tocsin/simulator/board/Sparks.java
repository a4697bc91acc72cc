package dev.tocsin.simulator.board;

import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Timers;
import java.time.Duration;

/**
 * Noise on an input's wire: pulses at drawn times, as often as said on average (a Poisson process), each for a drawn part of
 * the longest.
 *
 * <pre>{@code
 * Sparks sparks = Sparks.on(contacts, "panic", 200, Duration.ofMillis(1), worldTimers, entropy);
 * sparks.close();   // quiet again
 * }</pre>
 */
public final class Sparks implements AutoCloseable {

    private final VirtualContacts contacts;
    private final String input;
    private final double perSecond;
    private final long longestNs;
    private final Timers timers;
    private final Entropy entropy;
    private Timers.Cancellable next = () -> {};
    private boolean closed;

    private Sparks(
            VirtualContacts contacts, String input, double perSecond, long longestNs, Timers timers, Entropy entropy) {
        this.contacts = contacts;
        this.input = input;
        this.perSecond = perSecond;
        this.longestNs = longestNs;
        this.timers = timers;
        this.entropy = entropy;
    }

    /**
     * Starts.
     *
     * @param perSecond pulses in a second on average, above 0
     * @param longest how long a pulse may be
     * @param timers the world's: noise does not stop with the device's power
     */
    public static Sparks on(
            VirtualContacts contacts,
            String input,
            double perSecond,
            Duration longest,
            Timers timers,
            Entropy entropy) {
        if (!(perSecond > 0) || longest.isNegative()) {
            throw new IllegalArgumentException("above 0 a second, and no negative time: " + perSecond + ", " + longest);
        }
        Sparks sparks = new Sparks(contacts, input, perSecond, longest.toNanos(), timers, entropy);
        sparks.quiet();
        return sparks;
    }

    private void quiet() {
        double gapS = -Math.log(1 - entropy.nextUnit()) / perSecond;
        next = timers.schedule(Math.round(gapS * 1e9), this::pulse);
    }

    private void pulse() {
        contacts.flip(input, true);
        next = timers.schedule(1 + Math.round(entropy.nextUnit() * longestNs), () -> {
            contacts.flip(input, false);
            if (!closed) {
                quiet();
            }
        });
    }

    /** Quiet from now on. */
    @Override
    public void close() {
        closed = true;
        next.cancel();
        contacts.flip(input, false);
    }
}
