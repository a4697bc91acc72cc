package dev.tocsin.sdk.coap;

import java.util.Locale;
import org.eclipse.californium.elements.exception.EndpointUnconnectedException;
import org.eclipse.californium.scandium.dtls.AlertMessage;
import org.eclipse.californium.scandium.dtls.DtlsHandshakeTimeoutException;
import org.eclipse.californium.scandium.dtls.HandshakeException;

/** Puts into plain words why something could not be sent. */
final class Reasons {

    private Reasons() {}

    /** Whether a handshake failed for want of answers only. */
    static boolean isHandshakeTimeout(Throwable error) {
        // Expired: seen too late to be a time-out, since nothing ran meanwhile.
        return error instanceof DtlsHandshakeTimeoutException
                || "handshake already expired!".equals(error.getMessage());
    }

    static String of(Throwable error) {
        return switch (error) {
            case Throwable e when isHandshakeTimeout(e) -> "no answer to the DTLS handshake";
            case EndpointUnconnectedException e -> "no session with the peer";
            case HandshakeException e
            when e.getMessage() != null && e.getMessage().startsWith("Received") ->
                "the peer refused the handshake: " + alert(e);
            case HandshakeException e -> "handshake refused: " + e.getMessage();
            default -> error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        };
    }

    private static String alert(HandshakeException e) {
        AlertMessage alert = e.getAlert();
        return alert == null
                ? String.valueOf(e.getMessage())
                : alert.getDescription().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
