package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.coap.SourceLimits;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.coap.CentreServer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
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
    private final StageTimers stages;
    private final List<CentreServer> centres;
    private final OwnDevices devices;

    private Tocsin(Variant variant, StageTimers stages, List<CentreServer> centres, OwnDevices devices) {
        this.variant = variant;
        this.stages = stages;
        this.centres = centres;
        this.devices = devices;
    }

    /**
     * Starts the centres.
     *
     * @throws IOException if one cannot start, saying why
     */
    public static Tocsin open(Variant variant, Site site, Cast cast) throws IOException {
        StageTimers stages = new StageTimers();
        Path registry = site.folder().resolve(variant.name + "-registry.yaml");
        Files.writeString(registry, registry(cast.devices()));
        List<CentreServer> centres = new ArrayList<>();
        try {
            for (Party centre : cast.centres().subList(0, variant.centres)) {
                centres.add(start(variant, site, cast, centre, registry, stages));
            }
            OwnDevices devices = new OwnDevices(
                    TocsinRuntime.start(), cast, addresses(variant, site, centres), site.folder(), stages);
            return new Tocsin(variant, stages, centres, devices);
        } catch (IOException | RuntimeException e) {
            centres.forEach(CentreServer::close);
            throw e;
        }
    }

    private static List<String> addresses(Variant variant, Site site, List<CentreServer> centres) {
        return centres.stream()
                .map(centre -> (variant.dtls ? "coaps://" : "coap://") + site.reach() + ":"
                        + centre.localAddress().getPort())
                .toList();
    }

    private static String registry(List<Party> devices) {
        StringBuilder yaml = new StringBuilder("devices:\n");
        devices.forEach(d -> yaml.append("  ")
                .append(d.id())
                .append(":\n    key: |\n")
                .append(d.publicPem().indent(6)));
        return yaml.toString();
    }

    private static CentreServer start(
            Variant variant, Site site, Cast cast, Party centre, Path registry, StageTimers stages) throws IOException {
        Path ledger = site.folder().resolve(variant.name + "-" + centre.id() + ".db");
        CentreConfig config = new CentreConfig(
                dev.tocsin.simulator.centre.Settings.of(centre.id()),
                centre.id(),
                new InetSocketAddress(site.listen(), 0),
                variant.dtls ? Optional.of(OwnDevices.identity(centre, cast)) : Optional.empty(),
                new StampingSigner(centre.signer(), stages),
                new CentreConfig.Files(registry, ledger, ledger.resolveSibling(ledger.getFileName() + ".audit.log")),
                Optional.empty(),
                SourceLimits.NONE, // one device sends here what a county does not
                true);
        return switch (CentreServer.start(config)) {
            case CentreServer.Starting.Started(CentreServer server) -> server;
            case CentreServer.Starting.Failed(var problems) -> throw new IOException(problems.toString());
            case CentreServer.Starting.Unavailable(var problem) -> throw new IOException(problem.toString());
        };
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
    public void watch(boolean on) {
        stages.watch(on);
    }

    @Override
    public SortedMap<String, Histogram> stages() {
        return stages.copy();
    }

    @Override
    public Sender connect(int device) throws IOException {
        DeviceConfig config = devices.config(device);
        return variant.press ? presser(config) : devices.sender(runtime().open(config));
    }

    /** Where the centres listen, for devices in another process. */
    public List<String> addresses(Site site) {
        return addresses(variant, site, centres);
    }

    private TocsinRuntime runtime() {
        return devices.runtime();
    }

    private Sender presser(DeviceConfig config) throws IOException {
        BoardProfile profile = switch (BoardProfiles.builtIn("wall-button")) {
            case Loaded.Ok<BoardProfile>(BoardProfile good) -> good;
            case Loaded.Bad<BoardProfile>(var problems) -> throw new IllegalStateException(problems.toString());
        };
        Pi4jBoard.Desk desk = Pi4jBoard.onDesk(profile, runtime().clock()::nanoTime, runtime());
        FirmwareConfig firmware =
                new FirmwareConfig(config, profile, FirmwareConfig.Hardware.DESK, Annunciator.Profile.AUDIBLE);
        return new Presser(ButtonDevice.open(firmware, desk.board(), runtime()), desk.controls(), stages, runtime());
    }

    @Override
    public void close() {
        try {
            devices.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            centres.forEach(CentreServer::close);
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
