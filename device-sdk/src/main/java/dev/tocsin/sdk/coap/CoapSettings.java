package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Keepsake;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;

/** What a node stands on; {@link CoapNode#device} tells what each is. */
record CoapSettings(
        DatagramNetwork network,
        InetSocketAddress bind,
        Optional<DtlsIdentity> identity,
        ScheduledExecutorService executor,
        Clock clock,
        Entropy entropy,
        Handshake handshake,
        Optional<SourceLimits> limits,
        Optional<Keepsake> kept,
        Resumption resumption) {

    /** Of a node that takes all that comes. */
    CoapSettings(
            DatagramNetwork network,
            InetSocketAddress bind,
            Optional<DtlsIdentity> identity,
            ScheduledExecutorService executor,
            Clock clock,
            Entropy entropy,
            Handshake handshake) {
        this(
                network,
                bind,
                identity,
                executor,
                clock,
                entropy,
                handshake,
                Optional.empty(),
                Optional.empty(),
                Resumption.WHILE_RUNNING);
    }

    CoapSettings limited(SourceLimits to) {
        return new CoapSettings(
                network, bind, identity, executor, clock, entropy, handshake, Optional.of(to), kept, resumption);
    }

    /** Of a device that keeps its sessions there. */
    CoapSettings keeping(Keepsake in) {
        return new CoapSettings(
                network, bind, identity, executor, clock, entropy, handshake, limits, Optional.of(in), resumption);
    }

    CoapSettings resuming(Resumption which) {
        return new CoapSettings(network, bind, identity, executor, clock, entropy, handshake, limits, kept, which);
    }

    /**
     * When a handshake's flight is sent again (RFC 6347, section 4.2.4.1). The time-out doubles from {@code first} to {@code
     * longest}.
     *
     * @param first time-out of the first transmission; up to half as much again is added at random, so that a county that
     *     comes back does not come in step
     * @param longest no time-out is longer
     * @param retransmissions how many times a flight is sent again before the handshake has failed; 1 or more
     */
    record Handshake(Duration first, Duration longest, int retransmissions) {

        /**
         * 0.5 s, doubling to 4 s, 5 times: fails after 15.5 to 19 s. RFC 6347 starts at 1 s and doubles to a minute; an
         * alarm that waits for its session cannot.
         */
        static final Handshake DEFAULT = new Handshake(Duration.ofMillis(500), Duration.ofSeconds(4), 5);

        static final float STRETCH = 1.5f;

        /** After how long at most a flight without an answer has failed. */
        Duration span() {
            double timeoutNs = first.toNanos() * (double) STRETCH;
            double spanNs = 0;
            for (int i = 0; i <= retransmissions; i++) {
                spanNs += timeoutNs;
                timeoutNs = Math.min(2 * timeoutNs, (double) longest.toNanos());
            }
            return Duration.ofNanos((long) spanNs);
        }
    }
}
