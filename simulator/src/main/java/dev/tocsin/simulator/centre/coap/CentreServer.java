package dev.tocsin.simulator.centre.coap;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.coap.Resumption;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.SessionVault;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.sdk.system.WorkerPool;
import dev.tocsin.simulator.centre.Centre;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.registry.Enrolments;
import dev.tocsin.simulator.centre.registry.LiveRegistry;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.centre.sqlite.SqliteAuthority;
import dev.tocsin.simulator.centre.sqlite.SqliteEvidence;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import dev.tocsin.simulator.centre.sqlite.SqliteSessions;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A centre that listens. Any thread. */
public final class CentreServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CentreServer.class);
    private static final long REGISTRY_LOOK_S = 2;
    private static final long LOOP_END_S = 5;

    /** As many threads work; one more receives, for the one that may wait for the disk. */
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** How starting ended. */
    public sealed interface Starting {
        /** It listens; close it. */
        record Started(CentreServer server) implements Starting {}

        /** Something it was given is wrong. */
        record Failed(List<Problem> problems) implements Starting {}

        /** The machine does not give it a socket, or this port. */
        record Unavailable(Problem problem) implements Starting {}
    }

    /**
     * What is kept on disk.
     *
     * @param sessions its devices' DTLS sessions, to be resumed after a restart
     * @param books the authority's, which this centre writes or only reads
     */
    private record Keeping(
            SqliteLedger ledger,
            SqliteEvidence evidence,
            Optional<SqliteSessions> sessions,
            Optional<SqliteAuthority> books) {}

    private final LiveRegistry registry;
    private final SqliteLedger ledger;
    private final SqliteEvidence evidence;
    private final Optional<SqliteSessions> sessions;
    private final AuditFile audit;
    private final EventLoop loop;
    private final WorkerPool pool;
    private final NioNetwork network;
    private final CoapService service;
    private final Optional<CoapTransport> partners;
    private final Centre centre;
    private final Optional<SqliteAuthority> books;
    private final CentreConfig config;
    private final Clock clock;
    private Optional<EnrolmentServer> enrolment = Optional.empty();
    private Optional<RolloutDoor> rollouts = Optional.empty();

    private CentreServer(
            CentreConfig config,
            Clock clock,
            LiveRegistry registry,
            Keeping keeping,
            AuditFile audit,
            WorkerPool pool,
            NioNetwork network)
            throws IOException {
        String id = config.settings().id();
        this.config = config;
        this.clock = clock;
        this.books = keeping.books;
        this.registry = registry;
        this.ledger = keeping.ledger;
        this.evidence = keeping.evidence;
        this.sessions = keeping.sessions;
        this.audit = audit;
        this.network = network;
        this.loop = new EventLoop("centre-" + id);
        this.pool = pool;
        this.service = new CoapService(CoapNode.centre(
                network,
                config.listen(),
                config.dtls(),
                pool,
                clock,
                new PlatformEntropy(),
                config.limits(),
                new Resumption(sessions.map(SessionVault.class::cast), this::isRevoked)));
        this.partners = config.settings().partners().told().isEmpty()
                ? Optional.empty()
                : Optional.of(new CoapTransport(CoapNode.device(
                        network, new InetSocketAddress(0), config.dtls(), loop, clock, new PlatformEntropy())));
        this.centre = new Centre(
                config.settings(),
                config.signer(),
                registry,
                new Centre.Ports(
                        ledger,
                        evidence,
                        audit,
                        clock,
                        new WorkersTimers(pool, loop),
                        partners.map(Transport.class::cast)));
    }

    private boolean isRevoked(String name, Bytes key) {
        Registry now = registry.get();
        return now.isRevoked(key)
                || now.byId(name).map(RegisteredDevice::revoked).orElse(false);
    }

    /** Starts a centre on the machine's clock. Blocks until it listens, or is known not to. */
    public static Starting start(CentreConfig config) {
        return start(config, new SystemClock(), entry -> {});
    }

    /**
     * Starts a centre. Blocks until it listens, or is known not to.
     *
     * @param entries told of every entry that is new in the ledger, whichever process wrote it; on the centre's loop
     */
    public static Starting start(CentreConfig config, Clock clock, Consumer<Entry> entries) {
        Optional<SqliteAuthority> books;
        try {
            books = books(config);
        } catch (IOException e) {
            return failed("authority", String.valueOf(e.getMessage()), "");
        }
        Starting starting = start(config, clock, entries, books);
        if (!(starting instanceof Starting.Started)) {
            books.ifPresent(SqliteAuthority::close);
        }
        return starting;
    }

    private static Optional<SqliteAuthority> books(CentreConfig config) throws IOException {
        if (config.files().books().isEmpty()) {
            return Optional.empty();
        }
        Path file = config.files().books().get();
        return Optional.of(config.authority().isPresent() ? SqliteAuthority.open(file) : SqliteAuthority.read(file));
    }

    private static Starting start(
            CentreConfig config, Clock clock, Consumer<Entry> entries, Optional<SqliteAuthority> books) {
        return switch (LiveRegistry.open(config.files().registry(), books.map(Enrolments.class::cast))) {
            case Loaded.Bad<LiveRegistry>(List<Problem> problems) -> new Starting.Failed(problems);
            case Loaded.Ok<LiveRegistry>(LiveRegistry registry) -> {
                List<Problem> unknown = unknownCounties(config, registry.get());
                yield unknown.isEmpty() ? start(config, clock, entries, registry, books) : new Starting.Failed(unknown);
            }
        };
    }

    private static Starting start(
            CentreConfig config,
            Clock clock,
            Consumer<Entry> entries,
            LiveRegistry registry,
            Optional<SqliteAuthority> books) {
        String file = config.files().ledger().toString();
        WorkerPool pool =
                new WorkerPool(PROCESSORS, "centre-" + config.settings().id() + "-coap-"); // no threads yet
        return switch (SqliteLedger.open(config.files().ledger(), clock, new WorkingCallers(pool))) {
            case SqliteLedger.Opening.Unusable(String why) ->
                failed(file, why, "a folder and file this user may write");
            case SqliteLedger.Opening.Opened(SqliteLedger ledger) -> {
                Starting starting = start(config, clock, entries, registry, pool, ledger, books);
                if (!(starting instanceof Starting.Started)) {
                    ledger.close();
                }
                yield starting;
            }
        };
    }

    private static Starting start(
            CentreConfig config,
            Clock clock,
            Consumer<Entry> entries,
            LiveRegistry registry,
            WorkerPool pool,
            SqliteLedger ledger,
            Optional<SqliteAuthority> books) {
        Path file = SqliteEvidence.beside(config.files().ledger());
        return switch (SqliteEvidence.open(file, clock)) {
            case SqliteEvidence.Opening.Unusable(String why) ->
                failed(file.toString(), why, "a file that this user may write, or none");
            case SqliteEvidence.Opening.Opened(SqliteEvidence evidence) -> {
                Optional<SqliteSessions> sessions = sessions(config, clock);
                Starting starting =
                        start(config, clock, entries, registry, pool, new Keeping(ledger, evidence, sessions, books));
                if (!(starting instanceof Starting.Started)) {
                    sessions.ifPresent(SqliteSessions::close);
                    evidence.close();
                }
                yield starting;
            }
        };
    }

    /** Not worth a centre that does not start: without them devices make full handshakes. */
    private static Optional<SqliteSessions> sessions(CentreConfig config, Clock clock) {
        Path file = SqliteSessions.beside(config.files().ledger());
        if (!config.keepsSessions() || config.dtls().isEmpty()) {
            try {
                SqliteSessions.remove(file);
            } catch (IOException e) {
                LOG.warn("{}: sessions kept earlier could not be removed: {}", file, e.getMessage());
            }
            return Optional.empty();
        }
        return switch (SqliteSessions.open(file, clock)) {
            case SqliteSessions.Opening.Opened(SqliteSessions sessions) -> Optional.of(sessions);
            case SqliteSessions.Opening.Unusable(String why) -> {
                LOG.warn("{}", why);
                yield Optional.empty();
            }
        };
    }

    private static Starting start(
            CentreConfig config,
            Clock clock,
            Consumer<Entry> entries,
            LiveRegistry registry,
            WorkerPool pool,
            Keeping keeping) {
        AuditFile audit;
        try {
            audit = new AuditFile(config.files().audit(), clock);
        } catch (IOException e) {
            return failed(
                    config.files().audit().toString(),
                    "the audit cannot be written: " + FileTrouble.of(e),
                    "a file that this user may write, in a folder that is there");
        }
        NioNetwork network;
        try {
            network = new NioNetwork(NioNetwork.CENTRE_RECEIVE_BUFFER_BYTES, PROCESSORS + 1, pool::here);
        } catch (IOException e) {
            closeQuietly(audit::close);
            return unavailable(config, "no socket to be had: " + FileTrouble.of(e), "");
        }
        Optional<CertificateAuthority> authority;
        try {
            authority = config.authority().isPresent()
                    ? Optional.of(EnrolmentServer.authority(config.authority().get()))
                    : Optional.empty();
        } catch (IOException e) {
            closeQuietly(network::close);
            closeQuietly(audit::close);
            return failed("authority", String.valueOf(e.getMessage()), "");
        }
        CentreServer server;
        try {
            server = new CentreServer(config, clock, registry, keeping, audit, pool, network);
        } catch (IllegalArgumentException e) { // what only DTLS knows: what a certificate is for
            closeQuietly(network::close);
            closeQuietly(audit::close);
            return failed(
                    "dtls",
                    String.valueOf(e.getMessage()),
                    "a certificate for a TLS server, and with notify for a TLS client too");
        } catch (IOException e) {
            closeQuietly(network::close);
            closeQuietly(audit::close);
            return failed("notify", "no socket to be had: " + e.getMessage(), "");
        }
        try {
            server.listen(entries, authority);
        } catch (IOException e) {
            return unavailable(config, FileTrouble.of(e), "a free address and port of this machine");
        }
        return new Starting.Started(server);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.warn("Stopping: {}", e.getMessage());
        }
    }

    private static Starting unavailable(CentreConfig config, String why, String hint) {
        String listen = "listen " + config.listen().getHostString() + ":"
                + config.listen().getPort();
        return new Starting.Unavailable(new Problem(listen, 0, why, hint));
    }

    private static Starting failed(String what, String why, String hint) {
        return new Starting.Failed(List.of(new Problem(what, 0, why, hint)));
    }

    private static List<Problem> unknownCounties(CentreConfig config, Registry registry) {
        return config.settings().counties().stream()
                .filter(county -> !registry.counties().containsKey(county))
                .map(county -> new Problem(
                        config.files().registry().toString(),
                        0,
                        "county " + county + ", which the centre serves, is not among the counties",
                        "known: " + String.join(", ", registry.counties().keySet())))
                .toList();
    }

    private void listen(Consumer<Entry> entries, Optional<CertificateAuthority> authority) throws IOException {
        CoapDoor.open(centre, service);
        try {
            rollouts = Optional.of(RolloutDoor.open(service, config.files().ledger(), registry, centre, clock));
            service.start();
            if (authority.isPresent()) {
                enrolment = Optional.of(enrolment(authority.get()));
            }
        } catch (IOException e) {
            closeParts();
            closeQuietly(audit::close); // without a word: the audit may be that of the centre that has the port
            throw e;
        }
        centre.onEntry(entries);
        centre.start();
        var unused =
                pool.scheduleWithFixedDelay(this::followRegistry, REGISTRY_LOOK_S, REGISTRY_LOOK_S, TimeUnit.SECONDS);
        audit.line(
                "listens on " + localAddress() + ", " + registry.get().devices().size() + " devices");
    }

    private EnrolmentServer enrolment(CertificateAuthority authority) throws IOException {
        CentreConfig.Authority at = config.authority().orElseThrow();
        try {
            return EnrolmentServer.start(
                    at,
                    authority,
                    books.orElseThrow(),
                    centre,
                    new EnrolmentServer.Shared(
                            config.dtls().orElseThrow(),
                            network,
                            clock,
                            audit,
                            () -> pool.execute(this::followRegistry)));
        } catch (IOException e) {
            throw new IOException("where devices enrol, port " + at.listen().getPort() + ": " + e.getMessage(), e);
        }
    }

    /** A task that threw would not be run again. */
    private void followRegistry() {
        try {
            lookAtRegistry();
        } catch (RuntimeException e) {
            LOG.error("The registry could not be looked at", e);
        }
    }

    private void lookAtRegistry() {
        rollouts.ifPresent(RolloutDoor::look);
        registry.reloadIfChanged().ifPresent(change -> {
            switch (change) {
                case LiveRegistry.Change.Taken(int devices) -> {
                    audit.line("the registry changed, devices: " + devices);
                    centre.registryChanged();
                }
                case LiveRegistry.Change.Rejected(List<Problem> problems) -> {
                    audit.line("the changed registry is wrong and was not taken: " + problems.getFirst());
                    LOG.error("The changed registry is wrong and was not taken: {}", problems);
                    centre.registryChanged(); // the authority may have revoked somebody
                }
            }
        });
    }

    /** Where it listens. */
    public InetSocketAddress localAddress() {
        return service.localAddress();
    }

    /** Where devices enrol, if it has an authority. */
    public Optional<InetSocketAddress> enrolmentAddress() {
        return enrolment.map(EnrolmentServer::localAddress);
    }

    /** How many handshakes of devices came to their end. */
    public CoapNode.Handshakes handshakes() {
        return service.handshakes();
    }

    /** Its ledger, to read. */
    public LedgerView ledger() {
        return ledger;
    }

    /** Whom it knows now. */
    public Registry registry() {
        return registry.get();
    }

    /** Stops: what waits for the ledger is written and answered first. Blocks. */
    @Override
    public void close() {
        closeParts();
        audit.line("stopped");
        closeQuietly(audit::close);
    }

    private void closeParts() {
        centre.close();
        partners.ifPresent(CoapTransport::close);
        loop.shutdown();
        try {
            if (!loop.awaitTermination(LOOP_END_S, TimeUnit.SECONDS)) {
                LOG.warn("The centre's loop did not end in {} s", LOOP_END_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ledger.close();
        evidence.close();
        enrolment.ifPresent(EnrolmentServer::close);
        rollouts.ifPresent(RolloutDoor::close);
        service.close();
        sessions.ifPresent(SqliteSessions::close);
        pool.shutdown();
        books.ifPresent(SqliteAuthority::close);
        closeQuietly(network::close);
    }
}
