package dev.tocsin.firmware.app;

import dev.tocsin.sdk.EnrolmentConfig;
import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.EstClient;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.KeyFolder;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.enrol.Enrolment;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.EnrolmentService;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin-firmware enrol}: makes this device's keys and has them certified. */
@Command(
        name = "enrol",
        description = {
            "Makes this device's keys, which never leave it, and has them certified, by the claim on its label.",
            "Writes the files that [keys] of the configuration names, and the alarm key's certificate (alarm.pem). What was"
                    + " done already is not done again: run it again after a failure."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:enrolled",
            " 1:the authority refuses, or is not the one on the label",
            " 2:the configuration, the label or an option cannot be used",
            "69:this machine lacks something: a folder, a socket"
        })
final class EnrolCommand implements Callable<Integer> {

    private static final int EXIT_REFUSED = 1;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Main.CONFIG,
            description = "the device's TOML file; default: ${DEFAULT-VALUE}")
    private Path config = Path.of(Main.CONFIG);

    @Option(
            names = "--claim",
            required = true,
            paramLabel = "CODE",
            description = "what the label says or its QR code holds: TOCSIN:school-007/button-3:…")
    private String claim = "";

    @Option(
            names = "--centre",
            paramLabel = "URI",
            description = "where devices enrol, coaps://host:port; default: authority under [enrolment]")
    private @Nullable String centre;

    @Option(
            names = "--signatures",
            paramLabel = "ALGORITHM",
            description = "what a new alarm key signs with: ed25519, p256 or sm2; default: ed25519")
    private String signatures = "ed25519";

    @Option(
            names = "--new-keys",
            description = "make new keys, in the place of those there are: after the device was revoked")
    private boolean newKeys;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Optional<SignatureAlgorithm> algorithm = algorithm();
        if (algorithm.isEmpty()) {
            return wrong("--signatures: '" + signatures + "' is none of ed25519, p256, sm2");
        }
        return switch (EnrolmentConfig.load(config)) {
            case Loaded.Bad<EnrolmentConfig>(var problems) -> {
                problems.forEach(spec.commandLine().getErr()::println);
                yield Main.EXIT_INVALID;
            }
            case Loaded.Ok<EnrolmentConfig>(EnrolmentConfig c) ->
                switch (EnrolmentClaim.parse(claim)) {
                    case EnrolmentClaim.Reading.Unreadable(String why) -> wrong("--claim: " + why);
                    case EnrolmentClaim.Reading.Read(EnrolmentClaim label) -> enrol(c, label, algorithm.get());
                };
        };
    }

    private int enrol(EnrolmentConfig c, EnrolmentClaim label, SignatureAlgorithm algorithm) {
        if (!label.device().equals(c.device())) {
            return wrong("this is the label of " + label.device() + ", and the configuration that of " + c.device());
        }
        Optional<String> address = Optional.ofNullable(centre).or(c::authority);
        if (address.isEmpty()) {
            return wrong("say where devices enrol: --centre coaps://host:port, or authority under [enrolment]");
        }
        EventLoop loop = new EventLoop("tocsin-enrol");
        try (NioNetwork network = new NioNetwork()) {
            KeyFolder keys = new KeyFolder(c.places(), new PlatformEntropy());
            if (newKeys) {
                keys.make(KeyUse.CHANNEL, SignatureAlgorithm.ES256);
                keys.make(KeyUse.ALARM, algorithm);
                say("made new keys");
            }
            return enrol(label, algorithm, keys, door(keys, network, loop, address.get()), loop);
        } catch (IOException e) {
            spec.commandLine().getErr().println("tocsin-firmware: " + e.getMessage());
            return Main.EXIT_UNAVAILABLE;
        } finally {
            loop.shutdown();
            loop.awaitEnd(CLOSING);
        }
    }

    private int enrol(
            EnrolmentClaim label, SignatureAlgorithm algorithm, KeyFolder keys, Enrolment.Door door, EventLoop loop) {
        CompletableFuture<Enrolment.Result> result = new CompletableFuture<>();
        Enrolment enrolment = new Enrolment(label, algorithm, keys, door, loop, new Enrolment.Listener() {
            @Override
            public void progress(String sentence) {
                say(sentence);
            }

            @Override
            public void ended(Enrolment.Result how) {
                result.complete(how);
            }
        });
        loop.execute(enrolment::start);
        try {
            return switch (result.get()) {
                case Enrolment.Result.Enrolled(CertificateFacts channel, CertificateFacts alarm) -> {
                    say("enrolled " + label.device());
                    yield 0;
                }
                case Enrolment.Result.Failed(String why) -> {
                    spec.commandLine().getErr().println("not enrolled: " + why);
                    yield EXIT_REFUSED;
                }
            };
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Main.EXIT_UNAVAILABLE;
        }
    }

    private static Enrolment.Door door(KeyFolder keys, NioNetwork network, EventLoop loop, String address) {
        return trusted -> {
            KeyFolder.ChannelKey key = keys.channelKey().orElseThrow(() -> new IOException("the channel key is gone"));
            try {
                return open(
                        DtlsIdentity.ofKey(key.pem(), key.publicKey(), trusted.map(CertificateFacts::pem)),
                        network,
                        loop,
                        address);
            } catch (GeneralSecurityException e) {
                throw new IOException(e.getMessage(), e);
            }
        };
    }

    private static EnrolmentService open(DtlsIdentity identity, NioNetwork network, EventLoop loop, String address)
            throws IOException {
        return new EstClient(
                CoapNode.device(
                        network,
                        new InetSocketAddress(0),
                        Optional.of(identity),
                        loop,
                        new SystemClock(),
                        new PlatformEntropy()),
                address);
    }

    private Optional<SignatureAlgorithm> algorithm() {
        return switch (signatures) {
            case "ed25519" -> Optional.of(SignatureAlgorithm.ED25519);
            case "p256" -> Optional.of(SignatureAlgorithm.ES256);
            case "sm2" -> Optional.of(SignatureAlgorithm.SM2);
            default -> Optional.empty();
        };
    }

    private int wrong(String what) {
        spec.commandLine().getErr().println(what);
        return Main.EXIT_INVALID;
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
