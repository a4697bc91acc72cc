package dev.tocsin.simulator.machine;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.Resumption;
import dev.tocsin.sdk.coap.SourceLimits;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.simulator.centre.Audit;
import dev.tocsin.simulator.centre.Centre;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.centre.coap.CoapDoor;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import dev.tocsin.simulator.centre.sessions.SessionShelf;
import dev.tocsin.simulator.network.Host;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A centre as a machine's program. What survives a power cut is what its ledger has by then, and its devices' sessions. */
public final class CentreProgram implements Machine.Program {

    /**
     * What a centre is told.
     *
     * @param signer signs its receipts
     * @param registry whom it knows
     * @param channel its DTLS identity; empty for plain CoAP
     * @param port where it listens
     * @param backups further hosts at which it is reached while it runs
     * @param ledger opens its ledger at each boot
     */
    public record Config(
            Settings settings,
            Signer signer,
            Supplier<Registry> registry,
            Optional<DtlsIdentity> channel,
            int port,
            List<Host> backups,
            Function<Boot, Ledger> ledger) {
        public Config {
            backups = List.copyOf(backups);
        }
    }

    private final Config config;
    private final Audit audit;
    private final EvidenceStore evidence;
    private final SessionShelf sessions = new SessionShelf();
    private @Nullable Centre centre;

    /**
     * A centre that has never run.
     *
     * @param evidence survives its power cuts
     */
    public CentreProgram(Config config, EvidenceStore evidence, Audit audit) {
        this.config = config;
        this.evidence = evidence;
        this.audit = audit;
    }

    /** The centre that runs now, or ran last; nothing before the first boot. */
    public Optional<Centre> centre() {
        return Optional.ofNullable(centre);
    }

    @Override
    public void boot(Boot boot) throws IOException {
        Centre starting = new Centre(
                config.settings,
                config.signer,
                config.registry,
                new Centre.Ports(
                        config.ledger.apply(boot), evidence, audit, boot.clock(), boot.loop(), partners(boot)));
        starting.start();
        door(starting, boot, boot.network());
        for (Host backup : config.backups) {
            door(starting, boot, backup.on(boot.loop()));
        }
        centre = starting;
    }

    /** Reaches the centres that it tells of its drills. */
    private Optional<Transport> partners(Boot boot) throws IOException {
        return config.settings.partners().told().isEmpty()
                ? Optional.empty()
                : Optional.of(new CoapTransport(CoapNode.device(
                        boot.network(),
                        new InetSocketAddress(0),
                        config.channel,
                        boot.loop(),
                        boot.clock(),
                        boot.entropy())));
    }

    private boolean isRevoked(String name, Bytes key) {
        Registry now = config.registry.get();
        return now.isRevoked(key)
                || now.byId(name).map(RegisteredDevice::revoked).orElse(false);
    }

    private void door(Centre starting, Boot boot, DatagramNetwork network) throws IOException {
        CoapService service = new CoapService(CoapNode.centre(
                network,
                new InetSocketAddress(config.port),
                config.channel,
                boot.loop(),
                boot.clock(),
                boot.entropy(),
                SourceLimits.USUAL,
                new Resumption(Optional.of(sessions.by(boot.clock())), this::isRevoked)));
        CoapDoor.open(starting, service);
        service.start();
    }
}
