package dev.tocsin.benchmarks.lossy;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A TUN device: what the kernel routes to it is read here as IP packets, and what is written here arrives in the kernel
 * (Linux, Documentation/networking/tuntap.rst). It goes away with the process. One thread reads, another writes.
 */
final class Tun implements AutoCloseable {

    private static final Path DEVICE = Path.of("/dev/net/tun");
    private static final int O_RDWR = 2;
    private static final long TUNSETIFF = 0x400454caL;
    private static final short IFF_TUN = 0x0001;
    private static final short IFF_NO_PI = 0x1000;
    private static final int NAME_BYTES = 16;
    private static final int IFREQ_BYTES = 40;

    private final C c;
    private final int fd;

    private Tun(C c, int fd) {
        this.c = c;
        this.fd = fd;
    }

    /** What is called of the C library. */
    interface C extends Library {
        /** open(2). */
        int open(String path, int flags) throws LastErrorException;

        /** ioctl(2). */
        int ioctl(int fd, long request, Pointer argument) throws LastErrorException;

        /** read(2). */
        long read(int fd, Pointer buffer, long bytes) throws LastErrorException;

        /** write(2). */
        long write(int fd, Pointer buffer, long bytes) throws LastErrorException;

        /** close(2). */
        int close(int fd) throws LastErrorException;
    }

    /**
     * Makes one.
     *
     * @throws IOException if the machine has none, or this user may not, saying so
     */
    static Tun open(String name) throws IOException {
        if (!Files.exists(DEVICE)) {
            throw new IOException("no " + DEVICE + " on this machine");
        }
        C c = Native.load("c", C.class);
        try (Memory request = new Memory(IFREQ_BYTES)) {
            int fd = c.open(DEVICE.toString(), O_RDWR);
            request.clear();
            request.write(0, name.getBytes(StandardCharsets.US_ASCII), 0, name.length());
            request.setShort(NAME_BYTES, (short) (IFF_TUN | IFF_NO_PI));
            c.ioctl(fd, TUNSETIFF, request);
            return new Tun(c, fd);
        } catch (LastErrorException e) {
            throw new IOException("this user may not make a TUN device: " + e.getMessage(), e);
        }
    }

    /** Waits for a packet. */
    int read(Memory buffer) {
        return (int) c.read(fd, buffer, buffer.size());
    }

    void write(Memory packet, int bytes) {
        long unused = c.write(fd, packet, bytes);
    }

    @Override
    public void close() {
        int unused = c.close(fd);
    }
}
