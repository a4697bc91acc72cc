package dev.tocsin.simulator.centre.coap;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.simulator.centre.Audit;
import dev.tocsin.simulator.centre.Centre;
import dev.tocsin.simulator.centre.Plain;
import dev.tocsin.simulator.centre.Refused;
import dev.tocsin.simulator.centre.authority.AuthorityBooks;
import dev.tocsin.simulator.centre.authority.EnrolmentDesk;
import dev.tocsin.simulator.centre.authority.EnrolmentDesk.Answer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.x509.AuthorityFolder;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.InvalidKeyException;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * An authority that listens, beside a centre: a socket, sessions and a thread of its own, so that nothing that strangers do
 * there waits before an alarm. Any thread.
 */
final class EnrolmentServer implements AutoCloseable {

    private final CoapService service;
    private final ScheduledThreadPoolExecutor executor;

    private EnrolmentServer(CoapService service, ScheduledThreadPoolExecutor executor) {
        this.service = service;
        this.executor = executor;
    }

    /**
     * What it shares with its centre.
     *
     * @param granted called when somebody got a certificate
     */
    record Shared(DtlsIdentity identity, DatagramNetwork network, Clock clock, Audit audit, Runnable granted) {}

    /**
     * Opens the authority's folder.
     *
     * @throws IOException saying what is wrong with it
     */
    static CertificateAuthority authority(CentreConfig.Authority config) throws IOException {
        AuthorityFolder folder = new AuthorityFolder(config.folder());
        try {
            return folder.open(new PlatformEntropy());
        } catch (InvalidKeyException e) {
            throw new IOException(config.folder() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IOException(
                    config.folder() + " holds no authority (" + FileTrouble.of(e) + "): make one with 'tocsin ca init'",
                    e);
        }
    }

    /**
     * Listens.
     *
     * @throws IOException if the socket cannot be had
     */
    static EnrolmentServer start(
            CentreConfig.Authority config,
            CertificateAuthority authority,
            AuthorityBooks books,
            Centre centre,
            Shared shared)
            throws IOException {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "enrolment");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        CoapService service = new CoapService(CoapNode.authority(
                shared.network, config.listen(), shared.identity, executor, shared.clock, new PlatformEntropy()));
        EstDoor.open(
                new EnrolmentDesk(authority, books, config.policy(), shared.clock),
                service,
                new Told(centre, shared.audit, shared.granted));
        try {
            service.start();
        } catch (IOException e) {
            executor.shutdown();
            throw e;
        }
        return new EnrolmentServer(service, executor);
    }

    /** Writes what came of requests to the audit. */
    private record Told(Centre centre, Audit audit, Runnable changed) implements EstDoor.Listener {

        @Override
        public void granted(Answer.Granted granted, String source) {
            if (!granted.before()) {
                audit.line("certified " + granted.certificate().commonName() + " "
                        + granted.use() + " until " + granted.certificate().until() + ", asked from "
                        + Plain.line(source));
                changed.run();
            }
        }

        @Override
        public void pending(String device, String source) {
            centre.reportEnrolment(
                    device, "asks from " + source + " to be enrolled: 'tocsin ca approve " + device + "' lets it in");
        }

        @Override
        public void refused(Refused why, String detail, String source) {
            centre.refused(why, detail, source);
        }
    }

    InetSocketAddress localAddress() {
        return service.localAddress();
    }

    @Override
    public void close() {
        service.close();
        executor.shutdown();
    }
}
