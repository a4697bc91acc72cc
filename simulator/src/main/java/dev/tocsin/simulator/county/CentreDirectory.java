package dev.tocsin.simulator.county;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.Partners;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.network.VirtualNetwork;
import dev.tocsin.simulator.world.SeededEntropy;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Where a county's centres are, what they sign with, and which of them tells which of its drills. */
final class CentreDirectory {

    /**
     * How often between two heartbeats a centre looks for what officers wrote beside it: with the usual heartbeat as often as it
     * usually does. A summer with an hour between heartbeats would be nothing but looking.
     */
    private static final long LOOKS = 300;

    /** @param hosts where it is reached, the first first */
    private record Listing(List<Host> hosts, Signer signer, Verifier key) {}

    private final CountyPlan plan;
    private final Map<String, Listing> listings = new LinkedHashMap<>();

    /**
     * Makes hosts and keys.
     *
     * @param entropy randomness by name
     */
    CentreDirectory(CountyPlan plan, VirtualNetwork network, Function<String, SeededEntropy> entropy)
            throws GeneralSecurityException {
        this.plan = plan;
        for (String id : plan.centres()) {
            List<Host> hosts = new ArrayList<>(List.of(network.host(id)));
            if (plan.backups().contains(id)) {
                hosts.add(network.host(id + "-backup"));
            }
            String pem = Keys.generatePem(plan.signatures(), entropy.apply(id + "/receipts"));
            listings.put(id, new Listing(hosts, Keys.signer(pem), Keys.verifier(Keys.publicPem(pem))));
        }
    }

    /** Police never do. */
    static boolean takesDrills(String centre) {
        return !centre.equals("police");
    }

    Host host(String centre) {
        return listing(centre).hosts.getFirst();
    }

    List<Host> backups(String centre) {
        return listing(centre).hosts.stream().skip(1).toList();
    }

    int port() {
        return plan.secure() ? CentreHouse.SECURE_PORT : CentreHouse.PLAIN_PORT;
    }

    /** Where devices and other centres call it. */
    List<String> addresses(String centre) {
        String scheme = plan.secure() ? "coaps://" : "coap://";
        return listing(centre).hosts.stream()
                .map(host -> scheme + host.address().getHostAddress() + ":" + port())
                .toList();
    }

    Signer signer(String centre) {
        return listing(centre).signer;
    }

    /** Verifies what it signs. */
    Verifier key(String centre) {
        return listing(centre).key;
    }

    Settings settings(String centre) {
        Settings usual = Settings.of(centre);
        return new Settings(
                        centre,
                        plan.heartbeat(),
                        usual.offlineGrace(),
                        longer(usual.ledgerPoll(), plan.heartbeat().dividedBy(LOOKS)),
                        List.of(),
                        takesDrills(centre))
                .with(partners(centre));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Who holds drills tells those that do not, and they believe it. */
    private Partners partners(String centre) {
        List<Partners.Told> told = new ArrayList<>();
        List<Partners.Teller> tellers = new ArrayList<>();
        for (String other : plan.centres()) {
            if (takesDrills(centre) && !takesDrills(other)) {
                told.add(new Partners.Told(other, addresses(other), List.of(key(other))));
            } else if (takesDrills(other) && !takesDrills(centre)) {
                tellers.add(new Partners.Teller(other, List.of(key(other))));
            }
        }
        return new Partners(told, tellers);
    }

    private Listing listing(String centre) {
        Listing listing = listings.get(centre);
        if (listing == null) {
            throw new IllegalArgumentException("no centre " + centre);
        }
        return listing;
    }
}
