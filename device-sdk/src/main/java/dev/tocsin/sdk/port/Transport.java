package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * Requests to centres, and what centres push. Called on the device's event loop; every callback comes on the event loop
 * and never inside the call that caused it.
 */
public interface Transport extends AutoCloseable {

    /** Where requests from centres go. Called once, before anything is posted. */
    void serve(PushHandler handler);

    /**
     * Sends one confirmable request and tells how it went.
     *
     * @return a handle: cancelling ends the exchange without an outcome
     */
    Timers.Cancellable post(Post post, ExchangeListener listener);

    @Override
    void close();

    /**
     * A request.
     *
     * @param to address of the centre, {@code coaps://host:port} (or {@code coap://} where a lab allows it)
     * @param path resource path without a leading slash
     * @param content what the payload is
     * @param payload the payload
     * @param timing when to retransmit and when to give up
     */
    record Post(String to, String path, Content content, Bytes payload, Retransmission timing) {}

    /** What a payload is, by its CoAP Content-Format. */
    enum Content {
        /** {@code application/cose; cose-type="cose-sign1"}, RFC 9052. */
        COSE_SIGN1(18),
        /** {@code application/octet-stream}: one of the protocol's plain Protobuf messages. */
        PROTOBUF(42),
        /** {@code application/pkcs10}: a request for a certificate (RFC 9148). */
        PKCS10(286),
        /** {@code application/pkcs7-mime; smime-type=certs-only}: certificates in a bag (RFC 9148). */
        CERTIFICATES(281),
        /** {@code application/pkix-cert}: one certificate (RFC 9148). */
        CERTIFICATE(287),
        /** {@code text/plain;charset=utf-8}, or a diagnostic payload without a format. */
        TEXT(0);

        private final int format;

        Content(int format) {
            this.format = format;
        }

        /** The CoAP Content-Format number (IANA, CoRE parameters). */
        public int format() {
            return format;
        }
    }

    /**
     * When a confirmable request is sent again (RFC 7252, section 4.2, with its constants made variable).
     *
     * @param first time-out of the first transmission, before the random stretch
     * @param stretch the first time-out is drawn evenly from {@code first} to {@code first * stretch}; 1 or more
     * @param growth each following time-out is this many times the one before
     * @param retransmissions how many times it is sent again before {@link Outcome.NoAnswer}
     * @param probeAt at which retransmission (1 is the first; 0 is the transmission before any) to offer the peer a fresh
     *     DTLS handshake beside the old session, in case it has lost it
     */
    record Retransmission(Duration first, double stretch, double growth, int retransmissions, OptionalInt probeAt) {

        /** RFC 7252's own: 2 s, 1.5, doubling, 4 times. Heartbeats and telemetry keep it. */
        public static final Retransmission RFC_7252 =
                new Retransmission(Duration.ofSeconds(2), 1.5, 2.0, 4, OptionalInt.of(1));

        /** The same with another moment for a fresh handshake. */
        public Retransmission withProbeAt(int retransmission) {
            return new Retransmission(first, stretch, growth, retransmissions, OptionalInt.of(retransmission));
        }
    }

    /** Follows one exchange. */
    interface ExchangeListener {
        /** A datagram that carries the request left, the first or a repeated one. */
        default void sent() {}

        /** It is over. Called once. */
        void ended(Outcome outcome);
    }

    /** How an exchange ended. */
    sealed interface Outcome {
        /**
         * An answer came, of whatever code.
         *
         * @param code CoAP code as {@code class * 100 + detail}, for example 204 or 403
         * @param roundTrip from the first transmission; a sample for the path's estimate only if {@code transmissions}
         *     is 1 (Karn's algorithm, RFC 6298 section 3)
         */
        record Answered(int code, Bytes payload, Duration roundTrip, int transmissions) implements Outcome {}

        /** None came in time. */
        record NoAnswer(int transmissions) implements Outcome {}

        /** It could not even be sent: no network, no such host, handshake refused. */
        record Unreachable(String why) implements Outcome {}
    }

    /** Takes what a centre sends of its own accord. */
    interface PushHandler {
        /**
         * A centre posted something.
         *
         * @return the CoAP code to answer with, as {@code class * 100 + detail}
         */
        int pushed(String path, Bytes payload);

        /** What is served here, in link format (RFC 6690), for {@code GET /.well-known/core}. */
        default String links() {
            return "";
        }
    }
}
