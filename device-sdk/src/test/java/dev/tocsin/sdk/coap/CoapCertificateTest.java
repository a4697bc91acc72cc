package dev.tocsin.sdk.coap;

import static dev.tocsin.sdk.coap.CoapExchangeTest.why;
import static dev.tocsin.sdk.coap.CoapSessionTest.assertAnsweredAtOnce;
import static dev.tocsin.sdk.coap.Loopback.secure;
import static dev.tocsin.sdk.coap.Loopback.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.sdk.coap.CoapSettings.Handshake;
import dev.tocsin.sdk.coap.TestAuthority.Validity;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.port.Transport.Content;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is believed, and who is not. */
@Timeout(30)
class CoapCertificateTest {

    private Loopback on;

    @BeforeEach
    void open() throws IOException {
        on = new Loopback();
    }

    @AfterEach
    void close() throws IOException {
        on.close();
    }

    @Test
    void a_centre_of_another_authority_is_unreachable() throws Exception {
        TestAuthority other = TestAuthority.create("Somebody else");
        CoapService centre =
                on.centre(other.identity(other.centre("centre", "127.0.0.1"), Loopback.AUTHORITY), Loopback.anyPort());
        assertThat(why(on.post(on.device(), secure(centre.localAddress()))))
                .contains("CN=centre")
                .contains("is not trusted: no authority known here signed it");
    }

    @Test
    void what_a_false_centre_writes_into_its_name_does_not_steer_a_terminal() throws Exception {
        TestAuthority other = TestAuthority.create("Somebody else");
        DtlsIdentity liar = other.identity(other.centre("a\u001b[2J\nb\u202ec", "127.0.0.1"), Loopback.AUTHORITY);
        CoapService centre = on.centre(liar, Loopback.anyPort());
        assertThat(why(on.post(on.device(), secure(centre.localAddress())))).contains("a?[2J?b?c");
    }

    @Test
    void a_device_of_another_authority_is_refused() throws Exception {
        TestAuthority other = TestAuthority.create("Somebody else");
        CoapTransport device = on.device(other.identity(other.device("stranger"), Loopback.AUTHORITY));
        assertThat(why(on.post(device, secure(on.centre().localAddress()))))
                .isEqualTo("the peer refused the handshake: bad certificate");
    }

    @Test
    void a_certificate_for_another_address_is_refused() throws Exception {
        CoapService centre = on.centre(
                Loopback.AUTHORITY.identity(Loopback.AUTHORITY.centre("centre", "127.0.0.2", "centre.example")),
                Loopback.anyPort());
        CoapTransport device = on.device();
        assertThat(why(on.post(device, secure(centre.localAddress())))).contains("is not for 127.0.0.1");
        String named = "coaps://localhost:" + centre.localAddress().getPort();
        assertThat(why(on.post(device, named))).contains("is not for localhost");
    }

    @Test
    void a_centre_has_an_ipv6_address_in_its_certificate() throws Exception {
        InetSocketAddress bind = Loopback.anyIpv6Port();
        assumeTrue(hasAddress(bind), "this machine has no IPv6");
        CoapService centre =
                on.centre(Loopback.AUTHORITY.identity(Loopback.AUTHORITY.centre("centre", "127.0.0.1", "::1")), bind);
        String to = "coaps://[::1]:" + centre.localAddress().getPort();
        assertAnsweredAtOnce(on.post(on.device(), to).get());
    }

    @Test
    void a_certificate_for_another_ipv6_address_is_refused() throws Exception {
        InetSocketAddress bind = Loopback.anyIpv6Port();
        assumeTrue(hasAddress(bind), "this machine has no IPv6");
        CoapService centre =
                on.centre(Loopback.AUTHORITY.identity(Loopback.AUTHORITY.centre("centre", "127.0.0.1", "::2")), bind);
        String to = "coaps://[::1]:" + centre.localAddress().getPort();
        assertThat(why(on.post(on.device(), to))).contains("is not for 0:0:0:0:0:0:0:1");
    }

    private boolean hasAddress(InetSocketAddress bind) {
        try {
            on.network.open(bind, (from, data, length) -> {}).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_devices_certificate_is_not_good_for_a_centre() {
        DtlsIdentity device = Loopback.AUTHORITY.identity(Loopback.AUTHORITY.device("127.0.0.1"));
        assertThatThrownBy(() -> on.centre(device, Loopback.anyPort()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the certificate of '127.0.0.1' is not for a centre (TLS server)");
    }

    @Test
    void an_expired_device_is_let_in_and_can_be_told() throws Exception {
        Instant now = Instant.now();
        Validity past = new Validity(now.minusSeconds(7200), now.minusSeconds(3600));
        CoapService centre = on.centre();
        CompletableFuture<Peer> peer = new CompletableFuture<>();
        centre.handle("alarm", (request, reply) -> {
            peer.complete(request.peer());
            reply.respond(204, Content.TEXT, text(""));
        });
        CoapTransport device = on.device(Loopback.AUTHORITY.identity(Loopback.AUTHORITY.device("old", past)));
        assertAnsweredAtOnce(on.post(device, secure(centre.localAddress())).get());
        assertThat(peer.get().validUntil().orElseThrow()).isBefore(now);
    }

    /** Whatever the device's clock is made to say, by a false time service too: silence is worse than a lapsed date. */
    @ParameterizedTest
    @EnumSource
    void a_centre_whose_certificate_has_lapsed_is_reached_all_the_same(ClockQuality quality) throws Exception {
        CoapService centre = on.centre(expiredCentre(), Loopback.anyPort());
        CoapTransport device = on.device(
                Optional.of(Loopback.DEVICE),
                new Loopback.SystemTime() {
                    @Override
                    public ClockQuality quality() {
                        return quality;
                    }
                },
                Handshake.DEFAULT);
        assertAnsweredAtOnce(on.post(device, secure(centre.localAddress())).get());
    }

    private static DtlsIdentity expiredCentre() {
        Instant now = Instant.now();
        Validity past = new Validity(now.minusSeconds(7200), now.minusSeconds(3600));
        return Loopback.AUTHORITY.identity(Loopback.AUTHORITY.centre("centre", past, "127.0.0.1"));
    }
}
