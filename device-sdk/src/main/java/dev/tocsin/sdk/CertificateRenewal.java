package dev.tocsin.sdk;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.EstClient;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.KeyFolder;
import dev.tocsin.sdk.enrol.Renewals;
import dev.tocsin.sdk.model.KeyUse;
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
     * Begins.
     *
     * @param device of this configuration; what is renewed, or cannot be, comes to its {@link Device#onRemark}
     * @param blocking runs what blocks, one task at a time, in order: reading and writing files
     * @return the renewal, to be closed before the device; empty where the configuration names no authority
     */
    public static Optional<CertificateRenewal> start(
            DeviceConfig config, Device device, TocsinRuntime runtime, Executor blocking) {
        return config.enrolment()
                .flatMap(enrolment ->
                        config.channel().map(identity -> start(enrolment, identity, device, runtime, blocking)));
    }

    private static CertificateRenewal start(
            EnrolmentConfig enrolment, DtlsIdentity first, Device device, TocsinRuntime runtime, Executor blocking) {
        AtomicReference<DtlsIdentity> shown = new AtomicReference<>(first);
        TocsinRuntime.Parts parts = runtime.parts();
        KeyFolder keys = new KeyFolder(enrolment.places(), parts.entropy());
        Renewals.Ports ports = new Renewals.Ports(
                keys,
                () -> new EstClient(
                        node(shown.get(), parts), enrolment.authority().orElseThrow()),
                parts.clock(),
                parts.timers(),
                parts.entropy(),
                blocking,
                parts.loop());
        Renewals renewals = new Renewals(enrolment.device(), ports, new Renewals.Listener() {
            @Override
            public void renewed(KeyUse use, CertificateFacts certificate) {
                if (use == KeyUse.CHANNEL) {
                    blocking.execute(() -> showNew(enrolment, device, shown));
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

    private static DtlsIdentity identity(EnrolmentConfig enrolment) throws IOException {
        KeyFolder.Places at = enrolment.places();
        try {
            return DtlsIdentity.load(at.channelCertificate(), at.channelKey(), at.authority());
        } catch (GeneralSecurityException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void showNew(EnrolmentConfig enrolment, Device device, AtomicReference<DtlsIdentity> shown) {
        try {
            DtlsIdentity renewed = identity(enrolment);
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
