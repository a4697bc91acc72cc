package dev.tocsin.firmware.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.firmware.app.doctor.Machine.Reach;
import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.coap.TestAuthority;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor makes of a centre's answers, over real DTLS on loopback. */
@Timeout(120)
class CentreProbeTest {

    private static final TestAuthority COUNTY = TestAuthority.create("county");
    private static final TestAuthority OTHER = TestAuthority.create("another county");

    @TempDir
    private Path folder = Path.of("");

    private final EventLoop loop = new EventLoop("centre");
    private final NioNetwork network = newNetwork();
    private int code = 403;
    private String text = "no such device in the registry";
    private Optional<Bytes> payload = Optional.empty(); // instead of the text

    @BeforeEach
    void a_device_of_the_county() throws Exception {
        TestAuthority.Issued device = COUNTY.device("school-001/button-1");
        Files.writeString(folder.resolve("dtls.pem"), device.certificatePem());
        Files.writeString(folder.resolve("dtls-key.pem"), device.keyPem());
        Files.writeString(folder.resolve("ca.pem"), COUNTY.pem());
        Files.writeString(folder.resolve("alarm-key.pem"), Keys.generatePem(SignatureAlgorithm.ED25519));
        Files.writeString(folder.resolve("receipts.pem"), Keys.publicPem(Keys.generatePem(SignatureAlgorithm.ED25519)));
    }

    @AfterEach
    void close() throws Exception {
        loop.shutdown();
        network.close();
    }

    /** A centre of that authority, which trusts that other one, answers everything with {@link #code}. */
    private Reach ask(TestAuthority authority, TestAuthority trusted) throws Exception {
        CoapService service = new CoapService(CoapNode.centre(
                network,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.of(authority.identity(authority.centre("police", "127.0.0.1"), trusted)),
                loop,
                new SystemClock(),
                new PlatformEntropy()));
        service.handle(
                "heartbeat",
                (request, reply) -> reply.respond(
                        code,
                        Content.TEXT,
                        payload.orElseGet(() -> Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8)))));
        service.start();
        try {
            FirmwareConfig config = config(service.localAddress().getPort());
            CentreLink police = config.device().settings().centres().getFirst();
            return CentreProbe.ask(config, police, police.addresses().getFirst());
        } finally {
            service.close();
        }
    }

    private FirmwareConfig config(int port) throws Exception {
        Path file = folder.resolve("device.toml");
        Files.writeString(file, """
                device = "school-001/button-1"
                journal = "journal"
                [keys]
                alarm = "alarm-key.pem"
                certificate = "dtls.pem"
                key = "dtls-key.pem"
                trust = "ca.pem"
                [board]
                hardware = "desk"
                [[centres]]
                id = "police"
                addresses = ["coaps://127.0.0.1:%d"]
                receipt-keys = ["receipts.pem"]
                """.formatted(port));
        return FirmwareConfig.load(file).orThrow();
    }

    private static NioNetwork newNetwork() {
        try {
            return new NioNetwork();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_refusal_comes_with_the_centre_s_own_words() throws Exception {
        assertThat(ask(COUNTY, COUNTY)).isEqualTo(new Reach.Objected(403, "no such device in the registry"));
    }

    @Test
    void an_answer_that_its_receipt_key_did_not_sign_is_told_as_such() throws Exception {
        code = 204;
        text = "";
        assertThat(ask(COUNTY, COUNTY))
                .isInstanceOfSatisfying(
                        Reach.Heard.class, heard -> assertThat(heard.time()).isEmpty());
    }

    @Test
    void what_the_centre_says_of_a_second_device_under_this_id_is_handed_on() throws Exception {
        code = 204;
        payload = Optional.of(Messages.write(
                new HeartbeatAnswer(List.of(), Optional.empty(), Optional.of("boots 3 and 4 took turns"))));
        assertThat(ask(COUNTY, COUNTY))
                .isInstanceOfSatisfying(
                        Reach.Heard.class, heard -> assertThat(heard.twin()).contains("boots 3 and 4 took turns"));
    }

    @Test
    void a_centre_of_another_authority_is_not_believed() throws Exception {
        assertThat(ask(OTHER, COUNTY)).isInstanceOf(Reach.NotBelieved.class);
    }

    @Test
    void a_centre_that_trusts_another_authority_does_not_believe_the_device() throws Exception {
        assertThat(ask(COUNTY, OTHER)).isInstanceOf(Reach.NotBelievedThere.class);
    }
}
