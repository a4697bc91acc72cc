package dev.tocsin.simulator.emulated;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.simulator.centre.authority.Claim;
import dev.tocsin.simulator.centre.coap.CentreServer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.sqlite.SqliteAuthority;
import dev.tocsin.simulator.centre.x509.AuthorityFolder;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import dev.tocsin.simulator.lab.Ports;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An authority and two centres in this process, on loopback, and what the board is given of them: its configuration, their
 * public receipt keys, and the claim that is on its label. Keys are made on the board.
 *
 * <pre>
 * ca/                     the authority
 * police/, education/     a centre each: centre.yaml, keys, ledger.db
 * seed/                   what goes to the board
 * </pre>
 */
public final class BoardCentres implements AutoCloseable {

    /** The device's id. */
    public static final String DEVICE = "school-001/button-1";

    /** The centres, the one that certifies devices first. */
    public static final List<String> CENTRES = List.of("police", "education");

    /** Where QEMU's user network has this machine's loopback. */
    private static final String HOST = "10.0.2.2";

    private static final String LOOPBACK = "127.0.0.1";
    private static final String ENROLMENT = "enrolment";
    private static final Duration LIFETIME = Duration.ofDays(30);

    /** Told of the ledgers. */
    public interface Listener {
        /** A new line in a centre's ledger, durable; on that centre's thread. */
        void entered(String centre, Entry entry);
    }

    private final Map<String, CentreServer> servers = new LinkedHashMap<>();
    private final Path folder;

    private BoardCentres(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes and starts them.
     *
     * @param folder an empty one
     * @throws IOException if it cannot be written, or a centre cannot start
     */
    public static BoardCentres start(Path folder, Clock clock, Listener listener) throws IOException {
        Map<String, Integer> ports = Ports.free(List.of(CENTRES.get(0), CENTRES.get(1), ENROLMENT));
        BoardCentres centres = new BoardCentres(folder);
        boolean started = false;
        try {
            centres.write(ports, clock);
            for (String id : CENTRES) {
                centres.startOne(id, clock, listener);
            }
            started = true;
            return centres;
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("keys just made can be used", e);
        } finally {
            if (!started) {
                centres.close();
            }
        }
    }

    /** What goes to the board. */
    public Path seed() {
        return folder.resolve("seed");
    }

    /** The running centres by id. */
    public Map<String, CentreServer> servers() {
        return Collections.unmodifiableMap(servers);
    }

    /** Their ledgers by id, to read. */
    Map<String, LedgerView> ledgers() {
        Map<String, LedgerView> ledgers = new LinkedHashMap<>();
        servers.forEach((id, server) -> ledgers.put(id, server.ledger()));
        return ledgers;
    }

    /** A centre's own configuration. */
    Path config(String id) {
        return folder.resolve(id).resolve("centre.yaml");
    }

    private void write(Map<String, Integer> ports, Clock clock) throws IOException, InvalidKeyException {
        Entropy entropy = new PlatformEntropy();
        AuthorityFolder ca = new AuthorityFolder(folder.resolve("ca"));
        CertificateAuthority authority = ca.create("Authority of the emulated board", clock.wallTime(), entropy);
        Files.createDirectories(seed());
        for (String id : CENTRES) {
            writeCentre(id, ports, authority, clock);
        }
        Bytes secret = Bytes.wrap(ByteBuffer.allocate(EnrolmentClaim.SECRET_BYTES)
                .putLong(entropy.nextLong())
                .putLong(entropy.nextLong())
                .array());
        try (SqliteAuthority books = SqliteAuthority.open(ca.books())) {
            Claim claim = Claim.fresh(DEVICE, secret, clock.wallTime().plus(LIFETIME), Claim.Decision.APPROVED);
            books.change(pages -> {
                pages.write(claim);
                return claim;
            });
        }
        EnrolmentClaim label =
                new EnrolmentClaim(DEVICE, secret, authority.authority().fingerprint());
        Files.writeString(seed().resolve("claim"), label.text() + "\n");
        Files.writeString(seed().resolve(EmulatedBoard.PROFILE), EmulatedBoard.profileText());
        Files.writeString(seed().resolve("device.toml"), device(ports));
    }

    private void writeCentre(String id, Map<String, Integer> ports, CertificateAuthority authority, Clock clock)
            throws IOException, InvalidKeyException {
        Path home = Files.createDirectories(folder.resolve(id));
        CertificateAuthority.WithKey dtls = authority.forCentre(
                id,
                List.of(HOST, LOOPBACK),
                clock.wallTime().minus(Duration.ofHours(1)),
                clock.wallTime().plus(LIFETIME));
        AuthorityFolder.writeSecret(home.resolve("dtls-key.pem"), dtls.key());
        Files.writeString(home.resolve("dtls.pem"), dtls.certificate());
        String receipts = Keys.generatePem(SignatureAlgorithm.ED25519);
        AuthorityFolder.writeSecret(home.resolve("receipts-key.pem"), receipts);
        Files.writeString(seed().resolve(id + "-receipts.pem"), Keys.publicPem(receipts));
        Files.writeString(home.resolve("registry.yaml"), "devices: {}\n");
        boolean certifies = id.equals(CENTRES.get(0));
        String enrolled = certifies
                ? "authority: {folder: ../ca, listen: coaps://" + LOOPBACK + ":" + ports.get(ENROLMENT) + "}"
                : "enrolled: ../ca/authority.db";
        Files.writeString(config(id), """
                id: %s
                listen: coaps://%s:%d
                dtls: {certificate: dtls.pem, key: dtls-key.pem, trust: ../ca/ca.pem}
                signing-key: receipts-key.pem
                registry: registry.yaml
                ledger: ledger.db
                drills: %b
                limits: {messages: 10000}
                %s
                """.formatted(id, LOOPBACK, ports.get(id), !certifies, enrolled));
    }

    /** As the package's own, with what an installer writes in. */
    private static String device(Map<String, Integer> ports) {
        String keys = "/var/lib/tocsin/keys/";
        return """
                device = "%s"
                journal = "/var/lib/tocsin/journal"
                heartbeat = "10s"

                [place]
                county = "530902"
                school = "Emulated"

                [keys]
                alarm = "%salarm-key.pem"
                certificate = "%sdtls.pem"
                key = "%sdtls-key.pem"
                trust = "%sca.pem"

                [enrolment]
                authority = "coaps://%s:%d"

                [board]
                profile = "%s"
                hardware = "pi"
                annunciation = "audible"

                [updates]
                from = ["%s"]
                ask = "10s"
                pace = "1ms"
                """.formatted(
                                DEVICE,
                                keys,
                                keys,
                                keys,
                                keys,
                                HOST,
                                ports.get(ENROLMENT),
                                EmulatedBoard.PROFILE,
                                CENTRES.get(0))
                + CENTRES.stream()
                        .map(id -> """

                        [[centres]]
                        id = "%s"
                        addresses = ["coaps://%s:%d"]
                        receipt-keys = ["%s-receipts.pem"]
                        drills = %b
                        """.formatted(id, HOST, ports.get(id), id, !id.equals(CENTRES.get(0))))
                        .collect(Collectors.joining());
    }

    private void startOne(String id, Clock clock, Listener listener) throws IOException {
        List<Problem> problems = new ArrayList<>();
        switch (CentreConfig.load(config(id))) {
            case Loaded.Bad<CentreConfig>(List<Problem> why) -> problems.addAll(why);
            case Loaded.Ok<CentreConfig>(CentreConfig config) -> {
                switch (CentreServer.start(config, clock, entry -> listener.entered(id, entry))) {
                    case CentreServer.Starting.Failed(List<Problem> why) -> problems.addAll(why);
                    case CentreServer.Starting.Unavailable(Problem why) -> problems.add(why);
                    case CentreServer.Starting.Started(CentreServer server) -> servers.put(id, server);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new IOException(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
    }

    @Override
    public void close() {
        servers.values().forEach(CentreServer::close);
    }
}
