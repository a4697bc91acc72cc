package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.coap.CoapNode.Handshakes;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.sdk.port.Keepsake;
import dev.tocsin.sdk.port.SessionVault;
import dev.tocsin.sdk.port.Transport.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertPath;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.californium.elements.util.CertPathUtil;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions over restarts, on real sockets: what is resumed, and what must not be. */
final class ResumptionTest {

    private static final Handshakes FULL = new Handshakes(1, 0);
    private static final Handshakes RESUMED = new Handshakes(0, 1);

    private final Loopback loopback;
    private final Kept kept = new Kept();
    private final Vault vault = new Vault();
    private final AtomicBoolean revoked = new AtomicBoolean();
    private final Resumption resumption = new Resumption(Optional.of(vault), (name, key) -> revoked.get());

    ResumptionTest() throws IOException {
        loopback = new Loopback();
    }

    @AfterEach
    void close() throws IOException {
        loopback.close();
    }

    private CoapService centre() throws IOException {
        return loopback.centre(Loopback.CENTRE, Loopback.anyPort(), resumption);
    }

    private CoapTransport boot() throws IOException {
        return loopback.deviceKeeping(Loopback.DEVICE, kept);
    }

    /** On the event loop, as a device's is. */
    private void off(CoapTransport device) throws Exception {
        loopback.loop.submit(device::close).get(20, TimeUnit.SECONDS);
    }

    private void alarm(CoapTransport device, CoapService centre) {
        Outcome outcome = loopback.post(device, Loopback.secure(centre.localAddress()))
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        assertThat(outcome).isInstanceOf(Outcome.Answered.class);
    }

    /** One device's life that ends with a session kept. */
    private void live(CoapService centre) throws Exception {
        CoapTransport device = boot();
        alarm(device, centre);
        assertThat(device.handshakes()).isEqualTo(FULL);
        off(device);
    }

    @Test
    void a_device_that_rebooted_resumes_its_session() throws Exception {
        CoapService centre = centre();
        live(centre);

        CoapTransport after = boot();
        alarm(after, centre);
        assertThat(after.handshakes()).isEqualTo(RESUMED);
        assertThat(centre.handshakes()).isEqualTo(new Handshakes(1, 1));
    }

    @Test
    void a_centre_that_restarted_resumes_its_devices_sessions() throws Exception {
        CoapService before = centre();
        InetSocketAddress at = before.localAddress();
        CoapTransport device = boot();
        alarm(device, before);
        before.close();

        CoapService after = loopback.centre(Loopback.CENTRE, at, resumption);
        alarm(device, after);
        assertThat(after.handshakes()).isEqualTo(RESUMED);
        assertThat(device.handshakes()).isEqualTo(new Handshakes(1, 1));
    }

    @Test
    void both_may_restart() throws Exception {
        CoapService before = centre();
        InetSocketAddress at = before.localAddress();
        live(before);
        before.close();

        CoapService after = loopback.centre(Loopback.CENTRE, at, resumption);
        alarm(boot(), after);
        assertThat(after.handshakes()).isEqualTo(RESUMED);
    }

    @Test
    void without_a_vault_a_restarted_centre_makes_a_full_handshake_in_the_same_exchange() throws Exception {
        CoapService before = loopback.centre(Loopback.CENTRE, Loopback.anyPort(), Resumption.WHILE_RUNNING);
        InetSocketAddress at = before.localAddress();
        live(before);
        before.close();

        CoapService after = loopback.centre(Loopback.CENTRE, at, Resumption.WHILE_RUNNING);
        CoapTransport device = boot();
        alarm(device, after);
        assertThat(device.handshakes()).isEqualTo(FULL);
    }

    @Test
    void a_revoked_device_is_not_resumed_neither_from_the_vault_nor_while_the_centre_runs() throws Exception {
        for (Optional<SessionVault> where : List.of(Optional.<SessionVault>of(vault), Optional.<SessionVault>empty())) {
            revoked.set(false);
            CoapService centre = loopback.centre(
                    Loopback.CENTRE, Loopback.anyPort(), new Resumption(where, (name, key) -> revoked.get()));
            live(centre);
            revoked.set(true);

            CoapTransport after = boot();
            alarm(after, centre); // what it sends is refused by a signature: that is the centre's, above the channel
            assertThat(after.handshakes()).isEqualTo(FULL);
            assertThat(centre.handshakes()).isEqualTo(new Handshakes(2, 0));
            off(after);
        }
    }

    @Test
    void the_question_for_revocation_names_the_device_and_its_key() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        CoapService centre =
                loopback.centre(Loopback.CENTRE, Loopback.anyPort(), new Resumption(Optional.of(vault), (name, key) -> {
                    asked.add(name + " "
                            + key.equals(Bytes.wrap(Loopback.DEVICE.publicKey().getEncoded())));
                    return false;
                }));
        live(centre);
        assertThat(asked).isEmpty();
        alarm(boot(), centre);
        assertThat(asked).containsExactly("button-7 true");
    }

    @Test
    void a_session_of_an_authority_that_the_centre_no_longer_trusts_is_not_resumed() throws Exception {
        TestAuthority other = TestAuthority.create("another");
        ChainVerifier now = new ChainVerifier(
                other.identity(other.device("x")).trusted(), ChainVerifier.Expiry.NOTE, new Loopback.SystemTime());
        assertThat(now.refusalOf(path(Loopback.DEVICE)))
                .hasValueSatisfying(why -> assertThat(why).contains("not trusted"));
        ChainVerifier same =
                new ChainVerifier(Loopback.DEVICE.trusted(), ChainVerifier.Expiry.NOTE, new Loopback.SystemTime());
        assertThat(same.refusalOf(path(Loopback.DEVICE))).isEmpty();
        assertThat(same.refusalOf(path(Loopback.CENTRE)))
                .hasValueSatisfying(why -> assertThat(why).contains("not for a client"));
    }

    private static CertPath path(DtlsIdentity identity) {
        return CertPathUtil.generateCertPath(identity.chain());
    }

    @Test
    void a_centre_with_another_certificate_resumes_nothing_of_before() throws Exception {
        CoapService before = centre();
        InetSocketAddress at = before.localAddress();
        live(before);
        before.close();

        DtlsIdentity renewed = Loopback.AUTHORITY.identity(Loopback.AUTHORITY.centre("centre", "127.0.0.1"));
        CoapService after = loopback.centre(renewed, at, resumption);
        alarm(boot(), after);
        assertThat(after.handshakes()).isEqualTo(FULL);
    }

    @Test
    void a_device_with_a_renewed_certificate_resumes_nothing_of_before() throws Exception {
        CoapService centre = centre();
        live(centre);
        DtlsIdentity renewed = Loopback.AUTHORITY.identity(Loopback.AUTHORITY.device("button-7"));

        CoapTransport after = loopback.deviceKeeping(renewed, kept);
        alarm(after, centre);
        assertThat(after.handshakes()).isEqualTo(FULL);
    }

    @Test
    void a_certificate_renewed_while_it_runs_ends_what_was_kept() throws Exception {
        CoapService centre = centre();
        CoapTransport device = boot();
        alarm(device, centre);
        DtlsIdentity renewed = Loopback.AUTHORITY.identity(Loopback.AUTHORITY.device("button-7"));
        loopback.loop.submit(() -> device.show(renewed)).get(20, TimeUnit.SECONDS);
        alarm(device, centre);
        assertThat(device.handshakes()).isEqualTo(new Handshakes(2, 0));
        off(device);

        CoapTransport after = loopback.deviceKeeping(renewed, kept);
        alarm(after, centre);
        assertThat(after.handshakes()).isEqualTo(RESUMED);
    }

    @Test
    void what_is_damaged_foreign_or_of_another_format_is_ignored_at_every_byte() throws Exception {
        CoapService centre = centre();
        live(centre);
        byte[] good = kept.content.get().orElseThrow().toArray();
        assertThat(sessionsIn(Bytes.wrap(good)).of(at(centre.localAddress().getPort())))
                .isPresent();
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x55;
            sessionsIn(Bytes.wrap(bad)); // must not throw
            assertThat(sessionsIn(Bytes.wrap(Arrays.copyOf(good, at)))
                            .of(at(centre.localAddress().getPort())))
                    .isEmpty();
        }
        for (int at = 0; at <= SessionBytes.BINDING_BYTES; at++) { // format and identity
            byte[] bad = good.clone();
            bad[at] ^= 1;
            assertThat(sessionsIn(Bytes.wrap(bad)).of(at(centre.localAddress().getPort())))
                    .isEmpty();
        }
        kept.content.set(Optional.of(Loopback.text("something else")));
        CoapTransport after = boot();
        alarm(after, centre);
        assertThat(after.handshakes()).isEqualTo(FULL);
    }

    /** As a configured address is resolved. */
    private static InetSocketAddress at(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }

    private DeviceSessions sessionsIn(Bytes content) {
        Kept file = new Kept();
        file.content.set(Optional.of(content));
        return DeviceSessions.load(file, Loopback.DEVICE, loopback.loop);
    }

    @Test
    void a_session_whose_secret_is_not_the_centres_costs_one_time_out_and_then_a_full_handshake() throws Exception {
        CoapService centre = centre();
        live(centre);
        vault.spoilSecrets();

        CoapTransport after = boot();
        String to = Loopback.secure(centre.localAddress());
        Outcome first = loopback.post(after, to).orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(first).isInstanceOf(Outcome.Unreachable.class); // after the time-out of its last flight
        alarm(after, centre);
        assertThat(after.handshakes()).isEqualTo(FULL);
    }

    /** After a power cut a button is there before the school's router: what nobody answered says nothing of the session. */
    @Test
    void that_nobody_answered_says_nothing_of_a_session() {
        assertThat(HandshakeWatch.isAbout(new DtlsHandshakeTimeoutException("nobody", 1)))
                .isFalse();
        assertThat(HandshakeWatch.isAbout(new DtlsHandshakeTimeoutException("its last flight", 5)))
                .isTrue();
        assertThat(HandshakeWatch.isAbout(new IllegalStateException("anything else")))
                .isTrue();
    }

    @Test
    void what_is_kept_holds_a_session_and_nothing_of_a_connection() throws Exception {
        CoapService centre = centre();
        CoapTransport device = boot();
        alarm(device, centre);
        Bytes first = vault.only();
        for (int i = 0; i < 20; i++) {
            alarm(device, centre); // uses up sequence numbers
        }
        off(device);
        CoapTransport again = boot();
        alarm(again, centre);
        off(again);
        // the same bytes after more messages and new keys: no sequence number, key or random is in them
        assertThat(vault.only()).isEqualTo(first);
        assertThat(vault.puts).hasSize(1);
    }

    @Test
    void every_resumption_makes_its_keys_from_randoms_of_its_own() throws Exception {
        CoapService centre = centre();
        live(centre);
        Randoms randoms = new Randoms(loopback.network);
        for (int i = 1; i <= 5; i++) {
            CoapTransport device = new CoapTransport(CoapNode.device(
                    randoms,
                    new InetSocketAddress(0),
                    Optional.of(Loopback.DEVICE),
                    loopback.loop,
                    new Loopback.SystemTime(),
                    new Loopback.SeededEntropy(1), // the same each time: keys do not hang on it
                    Optional.of(kept)));
            alarm(device, centre);
            assertThat(device.handshakes()).isEqualTo(RESUMED);
            off(device);
            assertThat(randoms.clients).hasSize(i);
            assertThat(randoms.servers).hasSize(i);
        }
    }

    /** Reads the randoms of hellos on the way (RFC 5246, section 7.4.1). */
    private static final class Randoms implements DatagramNetwork {

        private static final int TYPE_AT = 13;
        private static final int RANDOM_AT = 27;

        final Set<Bytes> clients = ConcurrentHashMap.newKeySet();
        final Set<Bytes> servers = ConcurrentHashMap.newKeySet();
        private final DatagramNetwork below;

        Randoms(DatagramNetwork below) {
            this.below = below;
        }

        private static void note(byte[] data, int offset, int type, Set<Bytes> into) {
            if (data[offset] == 22 && data[offset + TYPE_AT] == type) {
                into.add(Bytes.wrap(Arrays.copyOfRange(data, offset + RANDOM_AT, offset + RANDOM_AT + 32)));
            }
        }

        @Override
        public Socket open(InetSocketAddress bind, Receiver receiver) throws IOException {
            Socket socket = below.open(bind, (from, data, length) -> {
                note(data, 0, 2, servers);
                receiver.received(from, data, length);
            });
            return new Socket() {
                @Override
                public InetSocketAddress localAddress() {
                    return socket.localAddress();
                }

                @Override
                public void send(InetSocketAddress to, byte[] data, int offset, int length) {
                    note(data, offset, 1, clients);
                    socket.send(to, data, offset, length);
                }

                @Override
                public void close() {
                    socket.close();
                }
            };
        }

        @Override
        public CompletionStage<InetAddress> resolve(String host) {
            return below.resolve(host);
        }
    }

    @Test
    void a_device_keeps_so_many_sessions_and_drops_the_oldest() throws Exception {
        CoapService centre = centre();
        live(centre);
        DTLSSession session = sessionsIn(kept.content.get().orElseThrow())
                .of(at(centre.localAddress().getPort()))
                .orElseThrow();
        Kept file = new Kept();
        DeviceSessions sessions = DeviceSessions.load(file, Loopback.DEVICE, loopback.loop);
        for (int port = 1; port <= DeviceSessions.MAX + 1; port++) {
            sessions.keep(at(port), session);
        }
        sessions.close();
        DeviceSessions read = DeviceSessions.load(file, Loopback.DEVICE, loopback.loop);
        for (DeviceSessions there : List.of(sessions, read)) {
            assertThat(there.of(at(1))).isEmpty();
            for (int port = 2; port <= DeviceSessions.MAX + 1; port++) {
                assertThat(there.of(at(port))).isPresent();
            }
        }
        assertThat(file.content.get().orElseThrow().size()).isLessThan(Keepsake.MAX_BYTES);
    }

    @Test
    void a_handshake_waits_for_no_disk() throws Exception {
        CoapService centre = centre();
        CoapTransport device = boot();
        alarm(device, centre);
        assertThat(kept.content.get()).isEmpty(); // answered before anything was written
        off(device);
        assertThat(kept.content.get()).isPresent();
    }

    /** What a reboot leaves. */
    private static final class Kept implements Keepsake {

        final AtomicReference<Optional<Bytes>> content = new AtomicReference<>(Optional.empty());

        @Override
        public Optional<Bytes> read() {
            return content.get();
        }

        @Override
        public void write(Bytes now) {
            content.set(Optional.of(now));
        }
    }

    /** What a centre's restart leaves. */
    private static final class Vault implements SessionVault {

        /** How far behind the session's id some byte of the master secret lies. */
        private static final int IN_THE_SECRET = 30;

        final Map<Bytes, Bytes> sessions = new LinkedHashMap<>();
        final Set<Bytes> puts = new LinkedHashSet<>();

        @Override
        public synchronized void keep(Bytes id, Bytes session) {
            puts.add(session);
            sessions.put(id, session);
        }

        @Override
        public synchronized Optional<Bytes> find(Bytes id) {
            return Optional.ofNullable(sessions.get(id));
        }

        @Override
        public synchronized void forget(Bytes id) {
            sessions.remove(id);
        }

        synchronized Bytes only() {
            assertThat(sessions).hasSize(1);
            return sessions.values().iterator().next();
        }

        /** Every session gets another master secret. */
        synchronized void spoilSecrets() {
            sessions.replaceAll((id, session) -> {
                byte[] bytes = session.toArray();
                bytes[indexOf(bytes, id) + id.size() + IN_THE_SECRET] ^= 1;
                return Bytes.wrap(bytes);
            });
        }

        private static int indexOf(byte[] in, Bytes part) {
            for (int at = 0; ; at++) {
                if (Bytes.wrap(Arrays.copyOfRange(in, at, at + part.size())).equals(part)) {
                    return at;
                }
            }
        }
    }
}
