package dev.tocsin.simulator.emulated;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A socket of QEMU on which lines go both ways. Any thread may send; lines come on a thread of their own. */
final class QemuSocket implements LineOut, AutoCloseable {

    private final SocketChannel channel;

    private QemuSocket(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects.
     *
     * @throws IOException if nobody listens there
     */
    static QemuSocket connect(Path socket) throws IOException {
        return new QemuSocket(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** From now on tells of every line that comes, until the socket ends. Once only. */
    void listen(String name, Consumer<String> lines) {
        Thread reader = new Thread(() -> read(lines), name);
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public synchronized void send(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // QEMU is gone, or the socket was closed; who waits for an answer runs into its time limit
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
