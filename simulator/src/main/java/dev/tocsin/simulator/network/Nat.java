package dev.tocsin.simulator.network;

import dev.tocsin.simulator.world.SeededEntropy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A NAT in front of one host (RFC 4787): one external port for each inner one, whomever it speaks to, forgotten when nothing
 * was sent through it for a while. Anybody may send to an open port.
 */
public final class Nat {

    private static final int FIRST_PORT = 1024;
    private static final int PORTS = 65_536 - FIRST_PORT;

    private final class Mapping {
        final int inner;
        final InetSocketAddress outer;
        long usedNs;

        Mapping(int inner, InetSocketAddress outer) {
            this.inner = inner;
            this.outer = outer;
        }

        boolean isOpen(long nowNs) {
            return nowNs - usedNs <= idleNs;
        }
    }

    private final InetAddress outside;
    private final long idleNs;
    private final SeededEntropy entropy;
    private final Map<Integer, Mapping> byInner = new HashMap<>();
    private final Map<Integer, Mapping> byOuter = new HashMap<>();

    Nat(InetAddress outside, Duration idle, SeededEntropy entropy) {
        this.outside = outside;
        this.idleNs = idle.toNanos();
        this.entropy = entropy;
    }

    /** Forgets everything, as after a restart: what is sent next leaves from another port. */
    public void rebind() {
        byInner.clear();
        byOuter.clear();
    }

    /** Something leaves by an inner port: the address that the world sees. */
    InetSocketAddress outbound(int inner, long nowNs) {
        Mapping mapping = byInner.get(inner);
        if (mapping == null || !mapping.isOpen(nowNs)) {
            if (mapping != null) {
                byOuter.remove(mapping.outer.getPort());
            }
            mapping = new Mapping(inner, new InetSocketAddress(outside, freePort()));
            byInner.put(inner, mapping);
            byOuter.put(mapping.outer.getPort(), mapping);
        }
        mapping.usedNs = nowNs;
        return mapping.outer;
    }

    /** Something comes to an outer port: the inner port, or null if it is closed. */
    @Nullable
    Integer inbound(int outer, long nowNs) {
        Mapping mapping = byOuter.get(outer);
        return mapping == null || !mapping.isOpen(nowNs) ? null : mapping.inner;
    }

    private int freePort() {
        int port;
        do {
            port = FIRST_PORT + (int) entropy.below(PORTS);
        } while (byOuter.containsKey(port));
        return port;
    }
}
