package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.DatagramNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Addresses taken apart, host names looked up off the event loop, and both remembered. Belongs to the event loop. */
final class HostNames {

    /** Names remembered. A device has a few centres with a few addresses each. */
    static final int MAX_NAMES = 64;

    /** An address older than this is still used, but looked up again. */
    static final long FRESH_NS = 60_000_000_000L;

    private record Known(InetAddress address, long sinceNs) {}

    private final DatagramNetwork network;
    private final Clock clock;
    private final Map<String, Known> known = bounded();
    private final Map<String, CentreAddress> parsed = bounded();

    HostNames(DatagramNetwork network, Clock clock) {
        this.network = network;
        this.clock = clock;
    }

    private static <V> Map<String, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > MAX_NAMES;
            }
        };
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    CentreAddress parse(String text) {
        return parsed.computeIfAbsent(text, CentreAddress::parse);
    }

    /** Calls one of the two: within this call if the address is at hand, and otherwise on the event loop. */
    void resolve(CentreAddress address, Executor loop, Consumer<InetSocketAddress> found, Consumer<String> failed) {
        if (address.literal().isPresent()) {
            found.accept(address.literal().get());
            return;
        }
        Known before = known.get(address.host());
        if (before != null) {
            found.accept(new InetSocketAddress(before.address, address.port()));
            if (clock.nanoTime() - before.sinceNs > FRESH_NS) {
                known.put(address.host(), new Known(before.address, clock.nanoTime())); // not again at once
                lookUp(address, loop, ignored -> {}, ignored -> {});
            }
        } else {
            lookUp(address, loop, found, failed);
        }
    }

    private void lookUp(
            CentreAddress address, Executor loop, Consumer<InetSocketAddress> found, Consumer<String> failed) {
        network.resolve(address.host())
                .whenComplete((at, problem) -> loop.execute(() -> {
                    if (at == null) {
                        failed.accept(address.host() + " cannot be resolved");
                        return;
                    }
                    try {
                        // With the name in it: the centre's certificate is checked against that.
                        InetAddress named = InetAddress.getByAddress(address.host(), at.getAddress());
                        known.put(address.host(), new Known(named, clock.nanoTime()));
                        found.accept(new InetSocketAddress(named, address.port()));
                    } catch (UnknownHostException e) {
                        throw new IllegalStateException("an address has a legal length", e);
                    }
                }));
    }
}
