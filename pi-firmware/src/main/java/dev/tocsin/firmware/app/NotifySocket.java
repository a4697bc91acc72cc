package dev.tocsin.firmware.app;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd over the socket that it names in {@code NOTIFY_SOCKET} (sd_notify(3), "Description"): datagrams of the
 * AF_UNIX family, which the JDK does not have, so the C library is called for them, through the JNA that Pi4J brings.
 */
final class NotifySocket implements Supervisor {

    /** Three calls of the C library, as POSIX has them. Errors come back as -1. */
    interface C extends Library {
        int socket(int domain, int type, int protocol);

        long sendto(int socket, byte[] message, long length, int flags, byte[] address, int addressLength);

        int close(int socket);
    }

    static final int AF_UNIX = 1;
    static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;

    /** Longest path of such a socket, bytes (unix(7)). */
    private static final int MAX_PATH = 107;

    private static final Logger LOG = LoggerFactory.getLogger(NotifySocket.class);

    private final C c;
    private final int socket;
    private final byte[] address;
    private boolean told;

    private NotifySocket(C c, int socket, byte[] address) {
        this.c = c;
        this.socket = socket;
        this.address = address;
    }

    /** The one that the environment names, or nobody. */
    static Supervisor of(Map<String, String> environment) {
        String path = environment.getOrDefault("NOTIFY_SOCKET", "");
        if (path.isEmpty()) {
            return Supervisor.NONE;
        }
        try {
            C c = Native.load("c", C.class);
            int socket = c.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
            if (socket >= 0 && path.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH) {
                return new NotifySocket(c, socket, address(path));
            }
            LOG.warn("NOTIFY_SOCKET={} cannot be used: systemd is not told that this device is ready", path);
        } catch (LinkageError e) {
            LOG.warn("no C library can be called ({}): systemd is not told that this device is ready", e.getMessage());
        }
        return Supervisor.NONE;
    }

    /** {@code sockaddr_un}: the family in the machine's order, then the path; {@code @} stands for a leading zero byte. */
    static byte[] address(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        byte[] address = new byte[2 + name.length];
        address[java.nio.ByteOrder.nativeOrder() == java.nio.ByteOrder.LITTLE_ENDIAN ? 0 : 1] = AF_UNIX;
        System.arraycopy(name, 0, address, 2, name.length);
        if (name[0] == '@') {
            address[2] = 0;
        }
        return address;
    }

    @Override
    public void tell(String state) {
        byte[] message = state.getBytes(StandardCharsets.UTF_8);
        long sent = c.sendto(socket, message, message.length, MSG_DONTWAIT | MSG_NOSIGNAL, address, address.length);
        if (sent < 0 && !told) {
            told = true; // once: it would come every second
            LOG.warn("systemd does not take what it is told ({})", Arrays.toString(state.split("\n", -1)));
        }
    }

    @Override
    public void close() {
        var unused = c.close(socket);
    }
}
