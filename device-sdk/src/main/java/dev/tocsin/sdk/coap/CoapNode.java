package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.coap.ChainVerifier.Expiry;
import dev.tocsin.sdk.coap.CoapSettings.Handshake;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.Keepsake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import org.eclipse.californium.core.coap.CoAP;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.network.ExtendedCoapStackFactory;
import org.eclipse.californium.core.network.InMemoryMessageExchangeStore;
import org.eclipse.californium.core.network.Outbox;
import org.eclipse.californium.core.network.serialization.UdpDataSerializer;
import org.eclipse.californium.core.network.stack.BaseCoapStack;
import org.eclipse.californium.core.network.stack.BlockwiseLayer;
import org.eclipse.californium.core.network.stack.CoapStack;
import org.eclipse.californium.core.network.stack.ExchangeCleanupLayer;
import org.eclipse.californium.core.network.stack.Layer;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.EndpointContextMatcher;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.CertificateType;
import org.eclipse.californium.scandium.dtls.x509.NewAdvancedCertificateVerifier;
import org.jspecify.annotations.Nullable;

/**
 * A CoAP endpoint on the ports: what a device's {@link CoapTransport} and a centre's {@link CoapService} stand on. Any
 * thread.
 */
public final class CoapNode {

    /** Which end of the line it is. */
    enum Role {
        /** Begins sessions. Answers requests within them. */
        DEVICE,
        /** A device's that takes each block of a long answer by itself, from any on (RFC 7959, section 2.4). */
        FETCHER,
        /** Accepts sessions. Sends requests within them. */
        CENTRE,
        /** Accepts sessions of strangers, a few at a time. */
        AUTHORITY;

        boolean isDevice() {
            return this == DEVICE || this == FETCHER;
        }
    }

    private final CoapSettings settings;
    private final CoapEndpoint endpoint;
    private final UploadGuard uploads;
    private final RefusalLayer refusals;
    private final SessionLayer sessions;
    private final Optional<Secured> secured;

    /** What is there only with DTLS. */
    private record Secured(
            PortDtlsConnector connector, LiveCertificate shown, HandshakeWatch watch, Optional<DeviceSessions> kept) {}

    /**
     * How many handshakes came to their end.
     *
     * @param full with certificates shown and verified
     * @param resumed abbreviated: keys made anew from a session that was there
     */
    public record Handshakes(long full, long resumed) {}

    /**
     * A device's endpoint, listening. No datagram leaves before the first request.
     *
     * @param network carries its datagrams
     * @param bind where it listens; port 0 takes a free one
     * @param identity who it is within DTLS; without one it speaks plain CoAP, unprotected, for laboratories
     * @param loop the device's event loop, of one thread: does all its work, timers and cryptography included. Not shut
     *     down by it
     * @param clock measures round trips and dates certificates
     * @param entropy spreads retransmissions, makes tokens and message ids. DTLS takes its keys from the platform's {@code
     *     SecureRandom} instead
     * @throws IOException if the socket cannot be had
     * @throws IllegalArgumentException if the certificate is not for a TLS client, by its key usage
     */
    public static CoapNode device(
            DatagramNetwork network,
            InetSocketAddress bind,
            Optional<DtlsIdentity> identity,
            ScheduledExecutorService loop,
            Clock clock,
            Entropy entropy)
            throws IOException {
        return device(network, bind, identity, loop, clock, entropy, Optional.empty());
    }

    /**
     * As {@link #device(DatagramNetwork, InetSocketAddress, Optional, ScheduledExecutorService, Clock, Entropy)}.
     *
     * @param kept where its sessions are kept, to be resumed at the next start; read before it listens, which blocks
     */
    public static CoapNode device(
            DatagramNetwork network,
            InetSocketAddress bind,
            Optional<DtlsIdentity> identity,
            ScheduledExecutorService loop,
            Clock clock,
            Entropy entropy,
            Optional<Keepsake> kept)
            throws IOException {
        CoapSettings settings = new CoapSettings(network, bind, identity, loop, clock, entropy, Handshake.DEFAULT);
        CoapNode node = new CoapNode(kept.map(settings::keeping).orElse(settings), Role.DEVICE);
        node.start();
        return node;
    }

    /**
     * A device's endpoint for {@link PackageClient}: with sessions of its own, beside those that alarms go over.
     *
     * @param loop as a device's, and another one, so that an alarm waits for nothing here
     * @throws IOException if the socket cannot be had
     * @throws IllegalArgumentException if the certificate is not for a TLS client, by its key usage
     * @see #device the other parameters
     */
    public static CoapNode fetcher(
            DatagramNetwork network,
            InetSocketAddress bind,
            Optional<DtlsIdentity> identity,
            ScheduledExecutorService loop,
            Clock clock,
            Entropy entropy)
            throws IOException {
        CoapNode node = new CoapNode(
                new CoapSettings(network, bind, identity, loop, clock, entropy, Handshake.DEFAULT), Role.FETCHER);
        node.start();
        return node;
    }

    /**
     * A centre's endpoint, with the {@linkplain SourceLimits#USUAL usual limits}. {@link CoapService#start} makes it listen.
     *
     * @param executor as a device's loop, but it may be a pool
     * @throws IllegalArgumentException if the certificate is not for a TLS server, by its key usage
     * @see #device the other parameters
     */
    public static CoapNode centre(
            DatagramNetwork network,
            InetSocketAddress bind,
            Optional<DtlsIdentity> identity,
            ScheduledExecutorService executor,
            Clock clock,
            Entropy entropy) {
        return centre(network, bind, identity, executor, clock, entropy, SourceLimits.USUAL);
    }

    /**
     * As {@link #centre(DatagramNetwork, InetSocketAddress, Optional, ScheduledExecutorService, Clock, Entropy)}.
     *
     * @param limits of each source; what is beyond them is answered 4.29, and handshakes are refused
     */
    public static CoapNode centre(
            DatagramNetwork network,
            InetSocketAddress bind,
            Optional<DtlsIdentity> identity,
            ScheduledExecutorService executor,
            Clock clock,
            Entropy entropy,
            SourceLimits limits) {
        return centre(network, bind, identity, executor, clock, entropy, limits, Resumption.WHILE_RUNNING);
    }

    /**
     * As {@link #centre(DatagramNetwork, InetSocketAddress, Optional, ScheduledExecutorService, Clock, Entropy,
     * SourceLimits)}.
     *
     * @param resumption which sessions it resumes
     */
    public static CoapNode centre(
            DatagramNetwork network,
            InetSocketAddress bind,
            Optional<DtlsIdentity> identity,
            ScheduledExecutorService executor,
            Clock clock,
            Entropy entropy,
            SourceLimits limits,
            Resumption resumption) {
        return new CoapNode(
                new CoapSettings(network, bind, identity, executor, clock, entropy, Handshake.DEFAULT)
                        .limited(limits)
                        .resuming(resumption),
                Role.CENTRE);
    }

    /**
     * An authority's endpoint: anybody who proves to hold a key is let in, and whoever has a certificate of {@code
     * identity}'s authorities, expired or not, has a name. It keeps {@value Tuning#STRANGERS} sessions at most, and those
     * of a silent peer only half a minute once there is no room, so that strangers take nothing from a centre.
     *
     * @throws IllegalArgumentException if the certificate is not for a TLS server, by its key usage
     * @see #centre the parameters
     */
    public static CoapNode authority(
            DatagramNetwork network,
            InetSocketAddress bind,
            DtlsIdentity identity,
            ScheduledExecutorService executor,
            Clock clock,
            Entropy entropy) {
        return new CoapNode(
                new CoapSettings(network, bind, Optional.of(identity), executor, clock, entropy, Handshake.DEFAULT)
                        .limited(SourceLimits.USUAL),
                Role.AUTHORITY);
    }

    CoapNode(CoapSettings settings, Role role) {
        this(settings, role, Tuning.of(role, settings.handshake()));
    }

    CoapNode(CoapSettings settings, Role role, Configuration config) {
        this.settings = settings;
        this.uploads = new UploadGuard(settings.clock());
        this.refusals = new RefusalLayer(settings.limits(), settings.clock());
        this.secured = settings.identity().map(identity -> secured(settings, identity, role, config));
        PortDtlsConnector dtls = secured.map(Secured::connector).orElse(null);
        Connector connector = dtls == null ? new PortUdpConnector(settings.network(), settings.bind()) : dtls;
        sessions = new SessionLayer(role.isDevice() ? dtls : null);
        EntropyTokens tokens = new EntropyTokens(settings.entropy());
        InMemoryMessageExchangeStore exchanges = new InMemoryMessageExchangeStore("", config, tokens);
        exchanges.setMessageIdProvider(new EntropyMessageIds(settings.entropy()));
        endpoint = CoapEndpoint.builder()
                .setConfiguration(config)
                .setConnector(connector)
                .setTokenGenerator(tokens)
                .setDataSerializerAndParser(new UdpDataSerializer(), new CalmParser())
                .setMessageExchangeStore(exchanges)
                .setCoapStackFactory(new StackFactory(settings, uploads, refusals, sessions, role != Role.FETCHER))
                .build();
        endpoint.setExecutors(settings.executor(), settings.executor());
    }

    private static Secured secured(CoapSettings settings, DtlsIdentity identity, Role role, Configuration config) {
        boolean device = role.isDevice();
        if (!identity.canBeUsed(device)) {
            throw new IllegalArgumentException("the certificate of '" + identity.name() + "' is not for a "
                    + (device ? "device (TLS client)" : "centre (TLS server)"));
        }
        LiveCertificate shown = new LiveCertificate(identity);
        ExecutorService executor = device ? new ClientTimers(settings.executor()) : settings.executor();
        Optional<DeviceSessions> kept =
                settings.kept().map(file -> DeviceSessions.load(file, identity, settings.executor()));
        ChainVerifier chains =
                new ChainVerifier(identity.trusted(), device ? Expiry.WARN : Expiry.NOTE, settings.clock());
        HandshakeWatch watch = new HandshakeWatch(
                settings.limits().map(l -> new Buckets(l.handshakes(), l.sources(), settings.clock())), kept);
        DtlsConnectorConfig.Builder builder = DtlsConnectorConfig.builder(config)
                .setAddress(settings.bind())
                .setCertificateIdentityProvider(shown)
                .setAdvancedCertificateVerifier(verifier(chains, identity, role))
                .setSessionListener(watch);
        if (role == Role.CENTRE) {
            Resumption resumption = settings.resumption();
            builder.setResumptionVerifier(new CheckedResumption(chains, resumption.revoked()));
            resumption.vault().ifPresent(vault -> builder.setSessionStore(new CentreSessions(vault, identity)));
        }
        PortDtlsConnector dtls = new PortDtlsConnector(
                builder.build(),
                settings.network(),
                kept.map(sessions -> new PortDtlsConnector.Resuming(sessions, executor)));
        dtls.setExecutor(executor);
        return new Secured(dtls, shown, watch, kept);
    }

    private static NewAdvancedCertificateVerifier verifier(ChainVerifier chains, DtlsIdentity identity, Role role) {
        if (role == Role.AUTHORITY) {
            return new StrangerVerifier(
                    Optional.of(chains), List.of(CertificateType.X_509, CertificateType.RAW_PUBLIC_KEY));
        }
        return identity.trusted().isEmpty()
                ? new StrangerVerifier(Optional.empty(), List.of(CertificateType.X_509))
                : chains;
    }

    /** From the next handshake on it shows this. The sessions there are end, without a word. */
    void show(DtlsIdentity identity) {
        secured.ifPresent(s -> {
            s.shown.show(identity);
            s.connector.clearConnectionState();
            s.kept.ifPresent(sessions -> sessions.show(identity));
        });
    }

    /** Tells of handshakes that were refused, by either side. Replaces the listener before. */
    void onHandshakeRefused(BiConsumer<InetSocketAddress, String> listener) {
        secured.ifPresent(s -> s.watch.tell(listener));
    }

    /** What there was of handshakes so far; none without DTLS. */
    public Handshakes handshakes() {
        return secured.map(s -> s.watch.counted()).orElse(new Handshakes(0, 0));
    }

    /** How many DTLS sessions it holds; none without DTLS. */
    int sessionsHeld() {
        return secured.map(s -> s.connector.held()).orElse(0);
    }

    void start() throws IOException {
        endpoint.start();
    }

    /** Ends everything under way, without a word to anyone. */
    void close() {
        secured.flatMap(Secured::kept).ifPresent(DeviceSessions::close);
        endpoint.destroy();
    }

    boolean isSecure() {
        return settings.identity().isPresent();
    }

    /** The scheme of what it speaks. */
    String scheme() {
        return isSecure() ? CoAP.COAP_SECURE_URI_SCHEME : CoAP.COAP_URI_SCHEME;
    }

    CoapSettings settings() {
        return settings;
    }

    CoapEndpoint endpoint() {
        return endpoint;
    }

    RefusalLayer refusals() {
        return refusals;
    }

    UploadGuard uploads() {
        return uploads;
    }

    SessionLayer sessions() {
        return sessions;
    }

    /** Where it listens. */
    public InetSocketAddress localAddress() {
        return endpoint.getAddress();
    }

    private static final class Stack extends BaseCoapStack {

        Stack(Outbox outbox, Layer... layers) {
            super(outbox);
            setLayers(layers);
        }
    }

    @SuppressWarnings("deprecation") // what it extends; the only factory there is
    private record StackFactory(
            CoapSettings settings,
            UploadGuard uploads,
            RefusalLayer refusals,
            SessionLayer sessions,
            boolean putsBlocksTogether)
            implements ExtendedCoapStackFactory {

        @Override
        public CoapStack createCoapStack(
                String protocol,
                String tag,
                Configuration config,
                EndpointContextMatcher matcher,
                Outbox outbox,
                @Nullable Object argument) {
            List<Layer> layers = new ArrayList<>();
            layers.add(new ExchangeCleanupLayer(config));
            if (putsBlocksTogether) {
                layers.add(new BlockwiseLayer(tag, false, Tuning.ofUploads(config), matcher));
            }
            layers.add(uploads);
            layers.add(refusals);
            layers.add(new SpreadReliability(config, settings.entropy()));
            layers.add(sessions);
            return new Stack(outbox, layers.toArray(Layer[]::new));
        }

        @Override
        public CoapStack createCoapStack(
                String protocol, String tag, Configuration config, Outbox outbox, @Nullable Object argument) {
            throw new UnsupportedOperationException("superseded by the one with a matcher");
        }
    }
}
