package dev.tocsin.simulator.county;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapService;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.crypto.CertificateFacts;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.simulator.centre.Refused;
import dev.tocsin.simulator.centre.authority.AuthorityBooks;
import dev.tocsin.simulator.centre.authority.EnrolmentDesk;
import dev.tocsin.simulator.centre.authority.Issued;
import dev.tocsin.simulator.centre.authority.MemoryBooks;
import dev.tocsin.simulator.centre.authority.Policy;
import dev.tocsin.simulator.centre.coap.EstDoor;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import dev.tocsin.simulator.machine.Boot;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.world.SeededEntropy;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A county's certificate authority: the real one behind the real EST over CoAP, on a machine of its own, with books in memory.
 * It certifies all devices and centres when the world begins, and renews what devices ask it to.
 */
final class AuthorityHouse implements Machine.Program {

    /** Its own certificate and the centres' outlive every scenario. */
    private static final Duration LONG = Duration.ofDays(7_300);

    private final World world;
    private final Machine machine;
    private final Chronicle chronicle;
    private final Policy policy;
    private final CertificateAuthority authority;
    private final MemoryBooks books = new MemoryBooks();
    private final DtlsIdentity channel;

    /**
     * @param policy of devices' certificates
     * @param entropy of its keys and serial numbers, and of the centres' keys
     */
    AuthorityHouse(World world, Host host, Policy policy, SeededEntropy entropy, Chronicle chronicle)
            throws GeneralSecurityException {
        this.world = world;
        this.chronicle = chronicle;
        this.policy = policy;
        this.machine = new Machine(world, host);
        CertificateAuthority.WithKey root = CertificateAuthority.create(
                "Tocsin virtual authority", world.now(), world.now().plus(LONG), entropy);
        this.authority = CertificateAuthority.of(root.certificate(), root.key(), entropy);
        this.channel = forCentre(host.name(), host.address().getHostAddress());
        machine.install(this);
    }

    Machine machine() {
        return machine;
    }

    /** Where devices renew. */
    String address() {
        return "coaps://" + machine.host().address().getHostAddress() + ":" + CentreHouse.SECURE_PORT;
    }

    /** Its own certificate, PEM. */
    String certificate() {
        return authority.authority().pem();
    }

    /** A new key and certificate for a centre. */
    DtlsIdentity forCentre(String id, String ip) throws GeneralSecurityException {
        CertificateAuthority.WithKey issued =
                authority.forCentre(id, List.of(ip), world.now(), world.now().plus(LONG));
        return DtlsIdentity.of(issued.certificate(), issued.key(), certificate());
    }

    /**
     * A device's keys with certificates that begin now, as if it had just enrolled.
     *
     * @param until when they end; after their usual life where empty
     * @param entropy of its channel's key
     */
    MemoryKeys forDevice(String id, String alarmPem, Optional<Instant> until, SeededEntropy entropy)
            throws InvalidKeyException {
        String channelPem = Keys.generatePem(SignatureAlgorithm.ES256, entropy);
        MemoryKeys keys = new MemoryKeys(channelPem, alarmPem, authority.authority());
        Instant now = world.now();
        for (KeyUse use : KeyUse.values()) {
            Bytes key = Keys.publicKey(use == KeyUse.CHANNEL ? channelPem : alarmPem);
            CertificateFacts certificate =
                    authority.issue(id, use, key, now, until.orElseGet(() -> now.plus(policy.lifetime())));
            keys.keep(use, certificate.der());
            books.change(pages -> {
                pages.add(new Issued(use, certificate, now, Optional.empty()));
                return true;
            });
        }
        return keys;
    }

    /** All that it issued to devices, oldest first. */
    List<Issued> issued() {
        return books.change(AuthorityBooks.Pages::issued);
    }

    @Override
    public void boot(Boot boot) throws IOException {
        CoapService service = new CoapService(CoapNode.authority(
                boot.network(),
                new InetSocketAddress(CentreHouse.SECURE_PORT),
                channel,
                boot.loop(),
                boot.clock(),
                boot.entropy()));
        EstDoor.open(new EnrolmentDesk(authority, books, policy, boot.clock()), service, new Visitors());
        service.start();
    }

    private final class Visitors implements EstDoor.Listener {
        @Override
        public void granted(EnrolmentDesk.Answer.Granted granted, String source) {
            chronicle.exercised(granted.before() ? "certificate-said-again" : "certificate-renewed");
        }

        @Override
        public void pending(String device, String source) {
            chronicle.exercised("enrolment-pending");
        }

        @Override
        public void refused(Refused why, String detail, String source) {
            chronicle.exercised("authority-refused");
        }
    }
}
