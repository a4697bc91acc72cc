package dev.tocsin.sdk.coap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.AbstractList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.californium.elements.util.CertPathUtil;
import org.eclipse.californium.scandium.dtls.CertificateMessage;
import org.eclipse.californium.scandium.dtls.ConnectionId;
import org.junit.jupiter.api.Test;

/** A chain is verified once; nothing but that chain profits from it. */
final class ProvenChainsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("trusted");

    /** Authorities that count how often a path is built from them, which every verification begins with. */
    private static final class Authorities extends AbstractList<X509Certificate> {
        private final List<X509Certificate> trusted;
        private int verifications;

        Authorities(List<X509Certificate> trusted) {
            this.trusted = trusted;
        }

        @Override
        public Stream<X509Certificate> stream() {
            verifications++;
            return trusted.stream();
        }

        @Override
        public X509Certificate get(int index) {
            return trusted.get(index);
        }

        @Override
        public int size() {
            return trusted.size();
        }
    }

    private final DtlsIdentity device = AUTHORITY.identity(AUTHORITY.device("button-1"));
    private final Authorities authorities = new Authorities(device.trusted());
    private final ChainVerifier verifier =
            new ChainVerifier(authorities, ChainVerifier.Expiry.NOTE, new Loopback.SystemTime());

    private boolean letsIn(DtlsIdentity identity) {
        return verifier.refusalOf(CertPathUtil.generateCertPath(identity.chain()))
                .isEmpty();
    }

    @Test
    void a_chain_is_verified_once() {
        assertThat(letsIn(device)).isTrue();
        assertThat(authorities.verifications).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            assertThat(letsIn(device)).isTrue();
        }
        assertThat(authorities.verifications).isEqualTo(1);
        assertThat(letsIn(AUTHORITY.identity(AUTHORITY.device("button-1")))).isTrue();
        assertThat(authorities.verifications)
                .as("another certificate of the same name")
                .isEqualTo(2);
    }

    @Test
    void a_chain_that_was_refused_is_refused_again() {
        TestAuthority impostor = TestAuthority.create("trusted");
        DtlsIdentity forged = impostor.identity(impostor.device("button-1"));
        assertThat(letsIn(device)).isTrue();
        for (int i = 0; i < 3; i++) {
            assertThat(letsIn(forged)).isFalse();
        }
        assertThat(authorities.verifications).isEqualTo(4);
    }

    @Test
    void a_proven_chain_is_still_refused_for_another_use_and_at_another_address() {
        DtlsIdentity centre = AUTHORITY.identity(AUTHORITY.centre("centre", "127.0.0.1"));
        assertThat(letsIn(centre, "127.0.0.1", false)).isTrue();
        assertThat(authorities.verifications).isEqualTo(1);
        assertThat(letsIn(centre, "127.0.0.1", true)).as("as a client").isFalse();
        assertThat(letsIn(centre, "127.0.0.2", false)).as("as another").isFalse();
        assertThat(letsIn(centre)).as("resumed as a client").isFalse();
        assertThat(letsIn(centre, "127.0.0.1", false)).isTrue();
        assertThat(authorities.verifications).isEqualTo(1);
    }

    /** By a handshake, with a server's address looked at. */
    private boolean letsIn(DtlsIdentity identity, String at, boolean client) {
        return verifier.verifyCertificate(
                                new ConnectionId(new byte[] {1}),
                                null,
                                new InetSocketAddress(at, 5684),
                                client,
                                !client,
                                false,
                                new CertificateMessage(identity.chain()))
                        .getException()
                == null;
    }

    @Test
    void chains_of_other_certificates_or_another_order_have_fingerprints_of_their_own() throws Exception {
        X509Certificate leaf = device.chain().get(0);
        X509Certificate issuer = device.trusted().get(0);
        assertThat(List.of(
                        ProvenChains.fingerprint(List.of(leaf)),
                        ProvenChains.fingerprint(List.of(leaf, issuer)),
                        ProvenChains.fingerprint(List.of(issuer, leaf)),
                        ProvenChains.fingerprint(List.of(issuer))))
                .doesNotHaveDuplicates();
        assertThat(ProvenChains.fingerprint(List.of(leaf))).isEqualTo(ProvenChains.fingerprint(List.of(leaf)));
    }

    @Test
    void only_so_many_are_remembered_and_the_oldest_is_forgotten_first() {
        ProvenChains proven = new ProvenChains();
        List<Bytes> chains = IntStream.rangeClosed(0, ProvenChains.MOST)
                .mapToObj(i -> Bytes.wrap(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)))
                .toList();
        chains.forEach(proven::add);
        assertThat(proven.contains(chains.getFirst())).isFalse();
        assertThat(proven.contains(chains.get(1))).isTrue();
        assertThat(proven.contains(chains.getLast())).isTrue();
    }
}
