package dev.tocsin.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.Resumption;
import dev.tocsin.sdk.coap.SourceLimits;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.simulator.centre.sessions.SessionShelf;
import dev.tocsin.simulator.lab.ThrowAwayAuthority;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.SeededEntropy;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a device leaves behind at a centre that keeps sessions over restarts: a path with loss has it begin its session anew
 * again and again, and Scandium's server holds on to each.
 */
@Timeout(120)
class SessionsLeftBehindTest {

    private static final int PORT = 5684;

    /** One a second. */
    private static final int HANDSHAKES = 200;

    /** After which what was replaced goes. */
    private static final int GOES_AFTER_S = 60;

    private static final Retransmission BEGINNING_ANEW = Retransmission.RFC_7252.withProbeAt(0);

    private final World world = World.open(new Seed(1), Instant.parse("2027-03-01T00:00:00Z"));
    private final Seed keys = world.seed().child("keys");
    private final VirtualNetwork wires = new VirtualNetwork(world);
    private final ThrowAwayAuthority authority = new ThrowAwayAuthority(clock("authority"), entropy("authority"));
    private final AtomicInteger answers = new AtomicInteger();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void goes_after_a_minute_and_the_device_stays() throws Exception {
        Host centreHost = wires.host("centre");
        CoapService centre = centre(centreHost);
        VirtualLoop loop = world.loop("device");
        CoapTransport device = device(loop);
        Post post = new Post(
                "coaps://" + centreHost.address().getHostAddress() + ":" + PORT,
                "alarm",
                Content.COSE_SIGN1,
                Bytes.wrap(new byte[] {1}),
                BEGINNING_ANEW);

        for (int i = 0; i < HANDSHAKES; i++) {
            raise(loop, device, post);
            world.run(Duration.ofSeconds(1));
        }
        assertThat(centre.handshakes()).isEqualTo(new CoapNode.Handshakes(1, HANDSHAKES - 1));
        assertThat(centre.sessionsHeld()).isBetween(GOES_AFTER_S - 1, GOES_AFTER_S + 2);

        raise(loop, device, post);
        world.run(Duration.ofSeconds(1));
        assertThat(answers).hasValue(HANDSHAKES + 1);
    }

    private void raise(VirtualLoop loop, CoapTransport device, Post post) {
        loop.execute(() -> device.post(post, outcome -> {
            if (outcome instanceof Outcome.Answered) {
                answers.incrementAndGet();
            }
        }));
    }

    private CoapService centre(Host host) throws IOException, GeneralSecurityException {
        VirtualLoop loop = world.loop("centre");
        CoapService centre = new CoapService(CoapNode.centre(
                host.on(loop),
                new InetSocketAddress(host.address(), PORT),
                identity(authority.forCentre("centre", host.address().getHostAddress(), entropy("centre"))),
                loop,
                clock("centre"),
                entropy("centre-chance"),
                SourceLimits.USUAL,
                new Resumption(Optional.of(new SessionShelf().by(clock("vault"))), (name, key) -> false)));
        centre.handle("alarm", (request, reply) -> reply.respond(204, Content.COSE_SIGN1, request.payload()));
        centre.start();
        return centre;
    }

    private CoapTransport device(VirtualLoop loop) throws IOException, GeneralSecurityException {
        return new CoapTransport(CoapNode.device(
                wires.host("device").on(loop),
                new InetSocketAddress(0),
                identity(authority.forDevice("button-7", entropy("device"))),
                loop,
                clock("device"),
                entropy("device-chance")));
    }

    private Optional<DtlsIdentity> identity(ThrowAwayAuthority.Issued issued) throws GeneralSecurityException {
        return Optional.of(DtlsIdentity.of(issued.certificate(), issued.key(), authority.certificate()));
    }

    private VirtualClock clock(String name) {
        return new VirtualClock(world, keys.child(name));
    }

    private SeededEntropy entropy(String name) {
        return keys.child(name).entropy();
    }
}
