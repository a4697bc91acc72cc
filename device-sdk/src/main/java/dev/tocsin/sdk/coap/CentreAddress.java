package dev.tocsin.sdk.coap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.californium.core.coap.CoAP;

/**
 * {@code coaps://host:port}, taken apart.
 *
 * @param secure whether DTLS protects it
 * @param host name or literal address, an IPv6 one without brackets
 * @param port 1 to 65535
 * @param literal the socket address, if the host is a literal one and need not be looked up
 */
record CentreAddress(boolean secure, String host, int port, Optional<InetSocketAddress> literal) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    /** @throws IllegalArgumentException saying what is wrong with it */
    static CentreAddress parse(String text) {
        try {
            URI uri = new URI(text);
            boolean secure = CoAP.COAP_SECURE_URI_SCHEME.equalsIgnoreCase(uri.getScheme());
            String host = uri.getHost();
            if (host == null || !(secure || CoAP.COAP_URI_SCHEME.equalsIgnoreCase(uri.getScheme()))) {
                throw new IllegalArgumentException("not coaps://host:port: " + text);
            }
            if (host.startsWith("[")) {
                host = host.substring(1, host.length() - 1);
            }
            int standard = secure ? CoAP.DEFAULT_COAP_SECURE_PORT : CoAP.DEFAULT_COAP_PORT;
            int port = uri.getPort() < 0 ? standard : uri.getPort();
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("no such port: " + text);
            }
            return new CentreAddress(secure, host, port, literal(host, port));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not coaps://host:port: " + text, e);
        }
    }

    /** Whether a host is an address already: an IPv4 one, or an IPv6 one without brackets. */
    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || IPV4.matcher(host).matches();
    }

    private static Optional<InetSocketAddress> literal(String host, int port) {
        if (!isLiteral(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
