package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Entropy;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.californium.core.network.MessageIdProvider;

/**
 * Message ids (RFC 7252, section 4.4): one after the other from a random start. One row for all peers, so there is no limit
 * to how many peers there are; it comes round after 65,536 messages, and an exchange lives 247 s. Any thread.
 */
final class EntropyMessageIds implements MessageIdProvider {

    private static final int MASK = 0xffff;

    private final AtomicInteger next;

    EntropyMessageIds(Entropy entropy) {
        next = new AtomicInteger((int) entropy.nextLong());
    }

    @Override
    public int getNextMessageId(InetSocketAddress destination) {
        return next.getAndIncrement() & MASK;
    }
}
