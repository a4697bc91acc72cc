package dev.tocsin.sdk.port;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A network of UDP: the machine's own, or a simulated one. Any thread may call. */
public interface DatagramNetwork {

    /**
     * Opens a socket.
     *
     * @param bind where to listen; port 0 takes a free one
     * @param receiver where datagrams go; it may be called before this method returns
     * @throws IOException if the address is taken or not of this machine, or no more sockets can be had
     */
    Socket open(InetSocketAddress bind, Receiver receiver) throws IOException;

    /**
     * Looks a host name up, without blocking the caller.
     *
     * @return the address, or an {@link UnknownHostException}; completed on any thread. A network without names knows none
     */
    default CompletionStage<InetAddress> resolve(String host) {
        return CompletableFuture.failedFuture(new UnknownHostException(host));
    }

    /** An open socket. Any thread may call. */
    interface Socket extends AutoCloseable {

        /** Where it listens, with the port it really got. */
        InetSocketAddress localAddress();

        /**
         * Sends one datagram, or drops it where it cannot leave at once: as UDP may at any time. Never blocks, never fails.
         *
         * @param data not read any more after this call
         */
        void send(InetSocketAddress to, byte[] data, int offset, int length);

        /** Lets go of the socket. Nothing is received any more once a call under way has returned. */
        @Override
        void close();
    }

    /** Takes what a socket receives. */
    interface Receiver {
        /**
         * A datagram came. Called on the network's thread, one datagram at a time, and must not block; a network that says so
         * calls it on several threads at once.
         *
         * @param data holds the datagram from index 0; valid in this call only
         * @param length bytes of the datagram
         */
        void received(InetSocketAddress from, byte[] data, int length);
    }
}
