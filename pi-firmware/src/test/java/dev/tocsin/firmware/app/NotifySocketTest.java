package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd hears, with a socket of our own in its place. */
class NotifySocketTest {

    /** The receiving side of the same calls. */
    interface C extends Library {
        int socket(int domain, int type, int protocol);

        int bind(int socket, byte[] address, int length);

        long recv(int socket, byte[] into, long length, int flags);

        int close(int socket);
    }

    private static final int MSG_DONTWAIT = 0x40;

    @TempDir
    private Path folder = Path.of("");

    private final C c = Native.load("c", C.class);
    private int socket = -1;

    @BeforeEach
    void linux() {
        assumeTrue(Platform.isLinux(), "systemd and its socket are Linux's");
        socket = c.socket(NotifySocket.AF_UNIX, NotifySocket.SOCK_DGRAM, 0);
        assertThat(socket).isNotNegative();
    }

    @AfterEach
    void close() {
        c.close(socket);
    }

    private void listenAt(String path) {
        byte[] address = NotifySocket.address(path);
        assertThat(c.bind(socket, address, address.length)).isZero();
    }

    private String heard() {
        byte[] message = new byte[256];
        long length = c.recv(socket, message, message.length, MSG_DONTWAIT);
        return length < 0 ? "" : new String(message, 0, (int) length, StandardCharsets.UTF_8);
    }

    @Test
    void what_is_told_arrives_one_datagram_each() {
        String path = folder.resolve("notify").toString();
        listenAt(path);
        try (Supervisor systemd = NotifySocket.of(Map.of("NOTIFY_SOCKET", path))) {
            systemd.tell("READY=1\nSTATUS=armed");
            systemd.tell("WATCHDOG=1");
        }
        assertThat(heard()).isEqualTo("READY=1\nSTATUS=armed");
        assertThat(heard()).isEqualTo("WATCHDOG=1");
        assertThat(heard()).isEmpty();
    }

    @Test
    void a_name_that_begins_with_an_at_is_an_abstract_socket() {
        String name = "@tocsin-test-" + ProcessHandle.current().pid();
        listenAt(name);
        try (Supervisor systemd = NotifySocket.of(Map.of("NOTIFY_SOCKET", name))) {
            systemd.tell("READY=1");
        }
        assertThat(heard()).isEqualTo("READY=1");
    }

    @Test
    void where_nobody_listens_telling_harms_nothing() {
        try (Supervisor systemd =
                NotifySocket.of(Map.of("NOTIFY_SOCKET", folder.resolve("nobody").toString()))) {
            systemd.tell("READY=1");
        }
        assertThat(NotifySocket.of(Map.of())).isSameAs(Supervisor.NONE);
    }
}
