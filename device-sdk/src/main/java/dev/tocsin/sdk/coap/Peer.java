package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.auth.RawPublicKeyIdentity;
import org.eclipse.californium.elements.auth.X509CertPath;
import org.jspecify.annotations.Nullable;

/** A device as a centre's CoAP sees it: who it proved to be, and the session it is in. Immutable; any thread. */
public final class Peer {

    private final EndpointContext context;
    private final @Nullable X509Certificate certificate;
    private final Optional<Bytes> publicKey;
    private final String name;

    private Peer(EndpointContext context, @Nullable X509Certificate certificate, Optional<PublicKey> key) {
        this.context = context;
        this.certificate = certificate;
        this.publicKey = key.map(k -> Bytes.wrap(k.getEncoded()));
        this.name = certificate == null ? "" : DtlsIdentity.commonName(certificate);
    }

    static Peer of(EndpointContext context) {
        if (context.getPeerIdentity() instanceof X509CertPath principal) {
            List<? extends Certificate> chain = principal.getPath().getCertificates();
            if (!chain.isEmpty() && chain.get(0) instanceof X509Certificate leaf) {
                return new Peer(context, leaf, Optional.of(leaf.getPublicKey()));
            }
        }
        return context.getPeerIdentity() instanceof RawPublicKeyIdentity bare
                ? new Peer(context, null, Optional.of(bare.getKey()))
                : new Peer(context, null, Optional.empty());
    }

    /** The key that it proved to hold, as SubjectPublicKeyInfo in DER; empty where it proved none. */
    public Optional<Bytes> publicKey() {
        return publicKey;
    }

    /** The common name in its certificate's subject, or nothing where it has none: plain CoAP, or a bare key. */
    public String name() {
        return name;
    }

    /** Until when its certificate is valid, if it has one. */
    public Optional<Instant> validUntil() {
        return Optional.ofNullable(certificate).map(leaf -> leaf.getNotAfter().toInstant());
    }

    /** Where its latest datagram came from. */
    public InetSocketAddress address() {
        return context.getPeerAddress();
    }

    EndpointContext context() {
        return context;
    }

    @Override
    public String toString() {
        return name() + "@" + address();
    }
}
