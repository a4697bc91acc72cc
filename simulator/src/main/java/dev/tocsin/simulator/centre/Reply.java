package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport.Content;

/** Takes the one answer to a request, on any thread, at once or later. */
public interface Reply {

    /**
     * Answers.
     *
     * @param code CoAP code as class * 100 + detail, for example 204
     * @param content what the payload is
     * @param payload the payload; may be empty
     */
    void respond(int code, Content content, Bytes payload);
}
