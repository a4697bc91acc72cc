package dev.tocsin.benchmarks.path;

import dev.tocsin.benchmarks.path.Cast.Party;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Mosquitto broker in a process of its own, for one run. */
final class Mosquitto implements AutoCloseable {

    private static final Path[] USUAL = {Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto")};
    private static final long STARTING_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int CONNECT_MS = 1_000;

    private final Process process;
    private final int port;
    private final Thread hook;

    private Mosquitto(Process process, int port) {
        this.process = process;
        this.port = port;
        this.hook = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts it. Blocks until it listens.
     *
     * @throws IOException if there is none on this machine, or it does not start, saying why
     */
    static Mosquitto start(Site site, Cast cast) throws IOException {
        Path program = program();
        Path folder = Files.createDirectories(site.folder().resolve("mosquitto"));
        Party party = cast.centres().getFirst();
        Files.writeString(folder.resolve("ca.pem"), cast.authorityPem());
        Files.writeString(folder.resolve("certificate.pem"), party.certificatePem());
        Files.writeString(folder.resolve("key.pem"), party.keyPem());
        int port = freePort();
        Path config = folder.resolve("mosquitto.conf");
        Files.writeString(
                config, """
                user %1$s
                listener %2$d %3$s
                cafile %4$s/ca.pem
                certfile %4$s/certificate.pem
                keyfile %4$s/key.pem
                require_certificate true
                allow_anonymous true
                persistence false
                set_tcp_nodelay true
                log_dest file %4$s/log
                """.formatted(System.getProperty("user.name"), port, site.listen(), folder.toAbsolutePath()));
        Process process = new ProcessBuilder(program.toString(), "-c", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        Mosquitto mosquitto = new Mosquitto(process, port);
        try {
            mosquitto.awaitListening(site.listen());
            return mosquitto;
        } catch (IOException e) {
            mosquitto.close();
            throw new IOException(e.getMessage() + Files.readString(folder.resolve("out")), e);
        }
    }

    private static Path program() throws IOException {
        String onPath = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(onPath.split(":", -1)).map(dir -> Path.of(dir, "mosquitto")), Stream.of(USUAL))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException("no mosquitto on this machine (apt-get install mosquitto)"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening(String address) throws IOException {
        long startNs = System.nanoTime();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MS);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - startNs > STARTING_NS) {
                    throw new IOException("mosquitto does not start: ", e);
                }
                LockSupport.parkNanos(LOOK_NS);
            }
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // the process ends: the hook does it
        }
    }
}
