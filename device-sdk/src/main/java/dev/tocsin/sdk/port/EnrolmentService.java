package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * An authority that certifies keys (EST, RFC 7030 and 9148), as a device sees it. Called on the device's event loop; every
 * callback comes on the event loop, once, and never inside the call that caused it.
 */
public interface EnrolmentService extends AutoCloseable {

    /** Asks for the authority's own certificate ({@code crts}). */
    void authority(Consumer<Outcome> ended);

    /**
     * Asks for a key's first certificate ({@code sen}).
     *
     * @param request PKCS#10 in DER
     */
    void enrol(Bytes request, Consumer<Outcome> ended);

    /**
     * Asks for the next certificate of a key that has one ({@code sren}).
     *
     * @param request PKCS#10 in DER
     */
    void renew(Bytes request, Consumer<Outcome> ended);

    @Override
    void close();

    /** What came of it. */
    sealed interface Outcome {
        /**
         * A certificate.
         *
         * @param der X.509 in DER; nobody has looked at it yet
         */
        record Certificate(Bytes der) implements Outcome {}

        /** A person has to decide; ask again after so long, with the same request. */
        record NotYet(Duration askAgain) implements Outcome {}

        /**
         * The authority will not.
         *
         * @param code CoAP code as {@code class * 100 + detail}
         * @param why what it said, for people
         */
        record Refused(int code, String why) implements Outcome {}

        /** No answer that can be used: no network, no such host, a handshake refused. Later it may be another. */
        record NoAnswer(String why) implements Outcome {}
    }
}
