package dev.tocsin.simulator.county;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.simulator.lab.ThrowAwayAuthority;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.SeededEntropy;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a county's centres and devices show one another within DTLS: certificates for a year that nobody renews, or, where the
 * plan says how long they live, those of an authority that does. Nothing without DTLS.
 */
final class Certificates {

    /** No device and no centre can have this name. */
    private static final String HOST = "certificate authority";

    private final CountyPlan plan;
    private final Seed keys;
    private final ThrowAwayAuthority forAYear;
    private final Optional<AuthorityHouse> office;
    private final Map<String, Instant> expiries = new LinkedHashMap<>();

    /** @param keys of all keys, by name */
    Certificates(CountyPlan plan, World world, VirtualNetwork network, Seed keys, Chronicle chronicle) {
        this.plan = plan;
        this.keys = keys;
        this.forAYear = new ThrowAwayAuthority(new VirtualClock(world, keys), entropy("authority"));
        this.office = plan.upkeep()
                .certificates()
                .map(policy -> made(
                        () -> new AuthorityHouse(world, network.host(HOST), policy, entropy("office"), chronicle)));
        plan.troubles().forEach(planned -> {
            if (planned.trouble() instanceof Trouble.Certificate certificate) {
                expiries.putIfAbsent(certificate.device(), plan.start().plusNanos(planned.atNs()));
            }
        });
    }

    /** The authority that renews certificates, if there is one. */
    Optional<AuthorityHouse> office() {
        return office;
    }

    /** The certificate that everybody trusts, PEM. */
    String trusted() {
        return office.map(AuthorityHouse::certificate).orElseGet(forAYear::certificate);
    }

    /**
     * A centre's.
     *
     * @param seed of its key; an authority makes another one each time
     */
    Optional<DtlsIdentity> centre(String id, Host host, String seed) {
        String ip = host.address().getHostAddress();
        return identity(() -> office.isPresent()
                ? office.get().forCentre(id, ip)
                : identity(forAYear.forCentre(id, ip, entropy(seed))));
    }

    /**
     * A device's, as it is when the world begins.
     *
     * @param seeds of its keys, see {@link #papers}
     */
    Optional<DtlsIdentity> device(String id, String seeds) {
        Instant until = expiries.get(id);
        SeededEntropy entropy = entropy(seeds + "/dtls");
        return identity(() -> office.isPresent()
                ? held(id, seeds, office.get()).identity()
                : identity(until == null ? forAYear.forDevice(id, entropy) : forAYear.forDevice(id, until, entropy)));
    }

    /** A device's keys, {@code id/alarm} and {@code id/dtls}, with certificates that it renews where there is an authority. */
    Optional<FieldDevice.Papers> papers(String id) {
        return office.map(
                authority -> new FieldDevice.Papers(authority.address(), made(() -> held(id, id, authority))));
    }

    private MemoryKeys held(String id, String seeds, AuthorityHouse authority) throws GeneralSecurityException {
        return authority.forDevice(
                id,
                Keys.generatePem(plan.signatures(), entropy(seeds + "/alarm")),
                Optional.ofNullable(expiries.get(id)),
                entropy(seeds + "/dtls"));
    }

    /** A certificate that somebody made himself; it is in no book. */
    Optional<DtlsIdentity> selfMade(ThrowAwayAuthority.Issued own) {
        return identity(() -> DtlsIdentity.of(own.certificate(), own.key(), trusted()));
    }

    private DtlsIdentity identity(ThrowAwayAuthority.Issued issued) throws GeneralSecurityException {
        return DtlsIdentity.of(issued.certificate(), issued.key(), forAYear.certificate());
    }

    private interface Making<T> {
        T make() throws GeneralSecurityException, IOException;
    }

    private Optional<DtlsIdentity> identity(Making<DtlsIdentity> making) {
        return plan.secure() ? Optional.of(made(making)) : Optional.empty();
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("keys and certificates made here do not fit", e);
        }
    }

    private SeededEntropy entropy(String name) {
        return keys.child(name).entropy();
    }
}
