package dev.tocsin.sdk;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.EstClient;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.KeyFolder;
import dev.tocsin.sdk.enrol.Renewals;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.port.Entropy;
import dev.tocsin.sdk.port.KeyStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps a device's certificates from lapsing: renews them with the authority of its configuration, from two thirds of their
 * life on, writes them where they lie, and has the device show the new one. Any thread.
 */
public final class CertificateRenewal implements AutoCloseable {

    private final TocsinRuntime runtime;
    private final Renewals renewals;

    private CertificateRenewal(TocsinRuntime runtime, Renewals renewals) {
        this.runtime = runtime;
        this.renewals = renewals;
    }

    /**
     * Where a device's certificates lie, and who renews them.
     *
     * @param device its id
     * @param authority {@code coaps://host:port}
     * @param keys where they lie
     * @param identity what lies there now, as DTLS wants it
     */
    public record Source(String device, String authority, KeyStore keys, Identity identity) {

        /** Reads the channel's identity from where the certificates lie. Blocks. */
        @FunctionalInterface
        public interface Identity {
            /**
             * Reads it.
             *
             * @throws IOException if it cannot be read, or is none, saying why
             */
            DtlsIdentity load() throws IOException;
        }

        private static Source files(EnrolmentConfig enrolment, String authority, Entropy entropy) {
            KeyFolder.Places at = enrolment.places();
            return new Source(enrolment.device(), authority, new KeyFolder(at, entropy), () -> {
                try {
                    return DtlsIdentity.load(at.channelCertificate(), at.channelKey(), at.authority());
                } catch (GeneralSecurityException e) {
                    throw new IOException(e.getMessage(), e);
                }
            });
        }
    }

    /**
     * Begins, with certificates that lie in files.
     *
     * @param device of this configuration; what is renewed, or cannot be, comes to its {@link Device#onRemark}
     * @param blocking runs what blocks, one task at a time, in order: reading and writing files
     * @return the renewal, to be closed before the device; empty where the configuration names no authority
     */
    public static Optional<CertificateRenewal> start(
            DeviceConfig config, Device device, TocsinRuntime runtime, Executor blocking) {
        Entropy entropy = runtime.parts().entropy();
        return config.enrolment()
                .flatMap(enrolment -> enrolment
                        .authority()
                        .flatMap(authority -> config.channel()
                                .map(shown -> start(
                                        Source.files(enrolment, authority, entropy),
                                        shown,
                                        device,
                                        runtime,
                                        blocking))));
    }

    /**
     * Begins, with certificates that lie anywhere.
     *
     * @param first what the device shows now
     * @see #start(DeviceConfig, Device, TocsinRuntime, Executor) the other parameters
     */
    public static CertificateRenewal start(
            Source source, DtlsIdentity first, Device device, TocsinRuntime runtime, Executor blocking) {
        AtomicReference<DtlsIdentity> shown = new AtomicReference<>(first);
        TocsinRuntime.Parts parts = runtime.parts();
        Renewals.Ports ports = new Renewals.Ports(
                source.keys,
                () -> new EstClient(node(shown.get(), parts), source.authority),
                parts.clock(),
                parts.timers(),
                parts.entropy(),
                blocking,
                parts.loop());
        Renewals renewals = new Renewals(source.device, ports, new Renewals.Listener() {
            @Override
            public void renewed(KeyUse use, CertificateFacts certificate) {
                if (use == KeyUse.CHANNEL) {
                    blocking.execute(() -> showNew(source, device, shown));
                }
            }

            @Override
            public void remark(String sentence) {
                device.note(sentence);
            }
        });
        device.onCentreTime(renewals::heard);
        runtime.execute(renewals::start);
        return new CertificateRenewal(runtime, renewals);
    }

    private static CoapNode node(DtlsIdentity identity, TocsinRuntime.Parts parts) throws IOException {
        return CoapNode.device(
                parts.network(),
                new InetSocketAddress(0),
                Optional.of(identity),
                parts.loop(),
                parts.clock(),
                parts.entropy());
    }

    private static void showNew(Source source, Device device, AtomicReference<DtlsIdentity> shown) {
        try {
            DtlsIdentity renewed = source.identity.load();
            shown.set(renewed);
            device.show(renewed);
        } catch (IOException e) {
            device.note("the renewed certificate is shown from the next start on: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        runtime.execute(renewals::close);
    }
}
