package dev.tocsin.simulator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.coap.PackageClient;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.disk.DiskSlots;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.model.Slot;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.sdk.update.Installation;
import dev.tocsin.sdk.update.UpdateCentre;
import dev.tocsin.sdk.update.UpdateListener;
import dev.tocsin.sdk.update.UpdateReports;
import dev.tocsin.sdk.update.UpdateSettings;
import dev.tocsin.sdk.update.Updates;
import dev.tocsin.simulator.centre.TestCentre;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.coap.CentreServer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code tocsin package} and {@code tocsin rollout}, as a person types them, and a device that takes what they offer. */
@Timeout(120)
class RolloutCommandTest {

    private static final int SIZE = 50_000;

    @TempDir
    Path folder;

    private final TestDevice button = new TestDevice("school-007/button-1");
    private TestCentre files;
    private Path program;

    @BeforeEach
    void write() throws IOException {
        files = TestCentre.plainIn(folder, button);
        byte[] bytes = new byte[SIZE];
        new Random(5).nextBytes(bytes);
        program = Files.write(folder.resolve("tocsin-1.1.0.jar"), bytes);
    }

    private Tocsin tocsin(String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--config";
        all[words.length + 1] = files.config().toString();
        return Tocsin.run(all);
    }

    private Tocsin sign(String sequence) {
        return tocsin(
                "package", "sign", program.toString(), "--version", "1.1.0", "--sequence", sequence, "--class", "t/x");
    }

    private Tocsin start(String... more) {
        String[] words = {"rollout", "start", program.toString(), "--stages", "100", "--by", "Zhang"};
        String[] all = new String[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return tocsin(all);
    }

    @Test
    void what_is_not_signed_or_has_changed_since_is_refused_with_what_to_do() throws IOException {
        assertThat(start().err()).contains("sign it first: tocsin package sign");
        assertThat(sign("12").exit()).isEqualTo(Exit.OK);
        Files.writeString(program, "something else");
        assertThat(start().err()).contains("is not what was signed: sign it again");
        assertThat(tocsin("rollout", "status").out()).contains("no rollout yet");
    }

    @Test
    void a_number_is_used_once_and_one_rollout_runs_at_a_time() {
        sign("12");
        assertThat(start().out()).contains("rollout 12 started: version 1.1.0 to *, runs at 100 %");
        assertThat(start().err()).contains("rollout 12 runs; stop it first: tocsin rollout stop 12");
        assertThat(tocsin("rollout", "stop", "12").exit()).isEqualTo(Exit.OK);
        assertThat(tocsin("rollout", "status").exit()).isEqualTo(Exit.VIOLATED);
        assertThat(start().err()).contains("sequence 12 has been used: sign it again with 13 or higher");
        assertThat(tocsin("rollout", "resume", "12").out()).contains("runs at 100 %");
        assertThat(tocsin("rollout", "stop", "9").err()).contains("no rollout 9");
        assertThat(start("--stages", "50").exit()).isEqualTo(Exit.INVALID);
    }

    @Test
    void a_program_is_signed_with_a_key_that_is_not_the_centre_s_and_rolled_out_with_its_public_half()
            throws Exception {
        String pem = Keys.generatePem(SignatureAlgorithm.ED25519);
        Path secret = Files.writeString(folder.resolve("updates.key"), pem);
        Path open = Files.writeString(folder.resolve("updates.pem"), Keys.publicPem(pem));
        Path other = Files.writeString(
                folder.resolve("other.pem"), Keys.publicPem(Keys.generatePem(SignatureAlgorithm.ED25519)));
        String centre = config().settings().id();
        String[] words = {
            "package",
            "sign",
            program.toString(),
            "--version",
            "1.1.0",
            "--sequence",
            "12",
            "--class",
            "t/x",
            "--key",
            secret.toString(),
            "--centre",
            centre
        };
        assertThat(Tocsin.run(Arrays.copyOf(words, words.length - 2)).err()).contains("--key and --centre go together");
        assertThat(Tocsin.run(words).exit())
                .as("without a centre's configuration")
                .isEqualTo(Exit.OK);
        assertThat(start().err()).contains("did not sign it").contains("--key");
        assertThat(start("--key", secret.toString()).exit())
                .as("its private half")
                .isEqualTo(Exit.INVALID);
        assertThat(start("--key", other.toString()).err()).contains("it is not signed with the key of");
        assertThat(start("--key", open.toString()).out()).contains("rollout 12 started");
    }

    @Test
    void a_device_takes_what_a_running_centre_offers_it() throws Exception {
        sign("12");
        assertThat(start().exit()).isEqualTo(Exit.OK);
        CentreConfig config = config();
        if (!(CentreServer.start(config) instanceof CentreServer.Starting.Started(CentreServer centre))) {
            throw new AssertionError("the centre does not start");
        }
        try (centre;
                NioNetwork network = new NioNetwork();
                Taking taking = new Taking(network, centre.localAddress(), folder.resolve("slots"), verifier(config))) {
            assertThat(taking.restart.get(60, TimeUnit.SECONDS)).isEqualTo("to try version 1.1.0");
            String sha256 = Bytes.wrap(Files.readAllBytes(program)).sha256().hex();
            assertThat(Files.readAllBytes(folder.resolve("slots/a/program." + sha256)))
                    .isEqualTo(Files.readAllBytes(program));
        }
        assertThat(tocsin("rollout", "status").out()).containsAnyOf("1 offered", "1 fetching", "1 restarting");
    }

    private CentreConfig config() {
        if (!(CentreConfig.load(files.config()) instanceof Loaded.Ok<CentreConfig>(CentreConfig config))) {
            throw new AssertionError("the configuration is wrong");
        }
        return config;
    }

    private static Verifier verifier(CentreConfig config) {
        return new Verifier() {
            @Override
            public SignatureAlgorithm algorithm() {
                return config.signer().algorithm();
            }

            @Override
            public Bytes keyId() {
                return config.signer().keyId();
            }

            @Override
            public boolean verify(byte[] message, byte[] signature) { // the centre's signatures are deterministic
                return Arrays.equals(config.signer().sign(message), signature);
            }
        };
    }

    /** The updates of a device, on real sockets and a real folder. */
    private final class Taking implements AutoCloseable, UpdateListener, UpdateReports.Listener {

        final CompletableFuture<String> restart = new CompletableFuture<>();
        private final EventLoop loop = new EventLoop("updates");
        private final CoapTransport transport;
        private final PackageClient source;
        private final DiskSlots slots;

        Taking(NioNetwork network, InetSocketAddress centre, Path folder, Verifier key) throws Exception {
            SystemClock clock = new SystemClock();
            String address = "coap://127.0.0.1:" + centre.getPort();
            List<UpdateCentre> centres = List.of(new UpdateCentre("police", address, key));
            transport = new CoapTransport(CoapNode.device(
                    network, new InetSocketAddress(0), Optional.empty(), loop, clock, new PlatformEntropy()));
            source = new PackageClient(
                    CoapNode.fetcher(
                            network, new InetSocketAddress(0), Optional.empty(), loop, clock, new PlatformEntropy()),
                    PackageClient.USUAL_PACE);
            slots = new DiskSlots(folder, loop, loop);
            Bytes vendor = UpdateManifest.Ids.TOCSIN;
            Installation here = new Installation(
                    "school-007/button-1",
                    vendor,
                    UpdateManifest.Ids.deviceClass(vendor, "t/x"),
                    new ProgramVersion("1.0.0"),
                    Slot.PACKAGED,
                    Map.of());
            loop.execute(() -> {
                try {
                    Updates updates =
                            Updates.open(here, centres, slots, source, loop, UpdateSettings.USUAL, Taking.this);
                    var unused = new UpdateReports(
                            updates, centres, transport, loop, UpdateReports.USUAL_PERIOD, Taking.this);
                } catch (IOException e) {
                    restart.completeExceptionally(e);
                }
            });
        }

        @Override
        public void restart(String why) {
            restart.complete(why);
        }

        @Override
        public void fault(String what) {
            restart.complete("fault: " + what);
        }

        @Override
        public void refused(String why) {
            restart.complete("refused: " + why);
        }

        @Override
        public void heard() {}

        @Override
        public void news(String what) {}

        @Override
        public void moved() {}

        @Override
        public void close() {
            transport.close();
            source.close();
            slots.close();
            loop.shutdown();
        }
    }
}
