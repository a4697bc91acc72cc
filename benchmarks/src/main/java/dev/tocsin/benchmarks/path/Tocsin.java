package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.SourceLimits;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.simulator.centre.coap.CentreServer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.HdrHistogram.Histogram;

/**
 * Our own path, as it ships: devices on a runtime, with the journal each keeps, and one centre or both with their SQLite
 * ledgers, on real sockets. Device and centre share a process here; they share nothing else.
 */
public final class Tocsin implements Carrier {

    /**
     * Which of our paths.
     *
     * @param name in tables
     * @param dtls or plain CoAP
     * @param centres 1 or 2; an alarm counts when all have receipted it
     * @param press whether an alarm begins at the contact of a Pi4J mock board, with the whole firmware, instead of at the
     *     SDK's call
     * @param about the rest of the description
     */
    public record Variant(String name, boolean dtls, int centres, boolean press, String about) {}

    private final Variant variant;
    private final Site site;
    private final Cast cast;
    private final StageTimers stages = new StageTimers();
    private final List<CentreServer> centres = new ArrayList<>();
    private final TocsinRuntime runtime;

    private Tocsin(Variant variant, Site site, Cast cast) throws IOException {
        this.variant = variant;
        this.site = site;
        this.cast = cast;
        this.runtime = TocsinRuntime.start();
    }

    /**
     * Starts the centres.
     *
     * @throws IOException if one cannot start, saying why
     */
    public static Tocsin open(Variant variant, Site site, Cast cast) throws IOException {
        Tocsin tocsin = new Tocsin(variant, site, cast);
        try {
            Path registry = site.folder().resolve(variant.name + "-registry.yaml");
            Files.writeString(registry, registry(cast.devices()));
            for (Party centre : cast.centres().subList(0, variant.centres)) {
                tocsin.centres.add(tocsin.start(centre, registry));
            }
            return tocsin;
        } catch (IOException | RuntimeException e) {
            tocsin.close();
            throw e;
        }
    }

    private static String registry(List<Party> devices) {
        StringBuilder yaml = new StringBuilder("devices:\n");
        devices.forEach(d -> yaml.append("  ")
                .append(d.id())
                .append(":\n    key: |\n")
                .append(d.publicPem().indent(6)));
        return yaml.toString();
    }

    private CentreServer start(Party centre, Path registry) throws IOException {
        Path ledger = site.folder().resolve(variant.name + "-" + centre.id() + ".db");
        CentreConfig config = new CentreConfig(
                dev.tocsin.simulator.centre.Settings.of(centre.id()),
                centre.id(),
                new InetSocketAddress(site.listen(), 0),
                identity(centre),
                new StampingSigner(centre.signer(), stages),
                new CentreConfig.Files(registry, ledger, ledger.resolveSibling(ledger.getFileName() + ".audit.log")),
                Optional.empty(),
                SourceLimits.NONE); // one device sends here what a county does not
        return switch (CentreServer.start(config)) {
            case CentreServer.Starting.Started(CentreServer server) -> server;
            case CentreServer.Starting.Failed(var problems) -> throw new IOException(problems.toString());
            case CentreServer.Starting.Unavailable(var problem) -> throw new IOException(problem.toString());
        };
    }

    private Optional<DtlsIdentity> identity(Party party) {
        try {
            return variant.dtls
                    ? Optional.of(DtlsIdentity.of(party.certificatePem(), party.keyPem(), cast.authorityPem()))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate just made is good", e);
        }
    }

    @Override
    public String name() {
        return variant.name;
    }

    @Override
    public String description() {
        return variant.about;
    }

    @Override
    public SortedMap<String, Histogram> stages() {
        return stages.copy();
    }

    @Override
    public Sender connect(int device) throws IOException {
        Party party = cast.devices().get(device);
        List<CentreLink> links = new ArrayList<>();
        for (int i = 0; i < centres.size(); i++) {
            String address = (variant.dtls ? "coaps://" : "coap://") + site.reach() + ":"
                    + centres.get(i).localAddress().getPort();
            Party centre = cast.centres().get(i);
            links.add(CentreLink.ofAllKinds(centre.id(), List.of(address), List.of(centre.verifier()), false));
        }
        Settings settings = new Settings(
                party.id(),
                Work.PLACE,
                List.of(),
                links,
                Settings.DEFAULT_HEARTBEAT,
                Limits.DEFAULT.withBallast(0),
                FirmwareConfig.SOFTWARE);
        Path journal = Files.createTempDirectory(site.folder(), "journal-");
        DeviceConfig config = new DeviceConfig(settings, party.signer(), identity(party), journal);
        return variant.press ? presser(config) : new Raiser(runtime.open(config));
    }

    private Sender presser(DeviceConfig config) throws IOException {
        BoardProfile profile = switch (BoardProfiles.builtIn("wall-button")) {
            case Loaded.Ok<BoardProfile>(BoardProfile good) -> good;
            case Loaded.Bad<BoardProfile>(var problems) -> throw new IllegalStateException(problems.toString());
        };
        Pi4jBoard.Desk desk = Pi4jBoard.onDesk(profile, runtime.clock()::nanoTime, runtime);
        FirmwareConfig firmware =
                new FirmwareConfig(config, profile, FirmwareConfig.Hardware.DESK, Annunciator.Profile.AUDIBLE);
        return new Presser(ButtonDevice.open(firmware, desk.board(), runtime), desk.controls(), stages, runtime);
    }

    @Override
    public void close() {
        try {
            runtime.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            centres.forEach(CentreServer::close);
        }
    }

    /** The SDK's own call. */
    private final class Raiser implements Sender {

        private final Device device;

        Raiser(Device device) {
            this.device = device;
        }

        @Override
        public CompletableFuture<Long> raise() {
            long nowNs = System.nanoTime();
            AlarmRequest request =
                    AlarmRequest.live(AlarmKind.PANIC, new dev.tocsin.sdk.model.StageTimes(nowNs, nowNs));
            return device.raise(request).receivedByAll().thenApply(status -> {
                long receiptedNs = System.nanoTime();
                stages.receipted(status);
                return receiptedNs;
            });
        }

        @Override
        public void close() {
            device.close();
        }
    }

    /** Notes when the centre turns from its ledger to the receipt. */
    private record StampingSigner(Signer signer, StageTimers stages) implements Signer {

        @Override
        public SignatureAlgorithm algorithm() {
            return signer.algorithm();
        }

        @Override
        public Bytes keyId() {
            return signer.keyId();
        }

        @Override
        public byte[] sign(byte[] message) {
            stages.inLedger();
            return signer.sign(message);
        }
    }
}
