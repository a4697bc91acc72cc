package dev.tocsin.sdk.coap;

import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;

/**
 * Reads messages as Californium does, but for a block that is longer than it says: there Californium throws out of its
 * protocol stage, with a stack trace for each. Such a request goes on to the {@link RefusalLayer}; a response is malformed.
 */
final class CalmParser extends UdpDataParser {

    @Override
    public void parseOptionsAndPayload(DatagramReader reader, Message message) {
        try {
            super.parseOptionsAndPayload(reader, message);
        } catch (IllegalStateException e) { // all is parsed by then
            if (!(message instanceof Request request) || !RefusalLayer.isOverfull(request)) {
                throw new CoAPMessageFormatException(
                        e.getMessage(),
                        message.getToken(),
                        message.getMID(),
                        message.getRawCode(),
                        message.isConfirmable());
            }
        }
    }
}
