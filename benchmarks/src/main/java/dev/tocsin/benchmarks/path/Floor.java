package dev.tocsin.benchmarks.path;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * The least that this machine needs: a datagram of 200 bytes to another thread and one back over loopback, a signature and
 * a verification at each end, and one write of 200 bytes into a file that has its room already, synced (fdatasync). No
 * protocol, no encoding, no session, no journal, no retransmission; nobody could use it.
 */
public final class Floor implements Carrier {

    /** As long as the alarm that the paths carry. */
    static final int ALARM_BYTES = 200;

    private static final int SIGNATURE_BYTES = 64;
    private static final int ROOM_BYTES = 8 << 20;

    private final String name;
    private final Cast cast;
    private final DatagramChannel socket;
    private final FileChannel file;
    private final Thread server;

    private Floor(String name, Cast cast, DatagramChannel socket, FileChannel file) {
        this.name = name;
        this.cast = cast;
        this.socket = socket;
        this.file = file;
        this.server = new Thread(this::serve, name + "-receiver");
        server.setDaemon(true);
    }

    /**
     * Starts the receiver.
     *
     * @throws IOException if there is no socket or no room for the file
     */
    public static Floor open(String name, Site site, Cast cast) throws IOException {
        FileChannel file = withRoom(site.folder().resolve(name + ".bin"));
        DatagramChannel socket = DatagramChannel.open();
        socket.bind(new InetSocketAddress(InetAddress.getByName(site.listen()), 0));
        Floor floor = new Floor(name, cast, socket, file);
        floor.server.start();
        return floor;
    }

    private static FileChannel withRoom(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocate(ROOM_BYTES);
        while (zeros.hasRemaining()) {
            file.write(zeros);
        }
        file.force(true);
        return file;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "raw UDP ping-pong on loopback, Ed25519 signed and verified at both ends, one write of " + ALARM_BYTES
                + " bytes synced in a file that has its room already";
    }

    private void serve() {
        Verifier device = cast.devices().getFirst().verifier();
        Signer centre = cast.centres().getFirst().signer();
        ByteBuffer buffer = ByteBuffer.allocate(ALARM_BYTES);
        long position = 0;
        try {
            while (true) {
                buffer.clear();
                var from = socket.receive(buffer);
                buffer.flip();
                check(buffer.array(), device);
                position = position + ALARM_BYTES > ROOM_BYTES ? 0 : position;
                position += file.write(buffer, position);
                file.force(false);
                socket.send(ByteBuffer.wrap(signed(position, centre)), from);
            }
        } catch (ClosedChannelException e) {
            // closed: that is the end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] signed(long number, Signer by) {
        byte[] body = new byte[ALARM_BYTES - SIGNATURE_BYTES];
        ByteBuffer.wrap(body).putLong(number);
        byte[] whole = Arrays.copyOf(body, ALARM_BYTES);
        System.arraycopy(by.sign(body), 0, whole, body.length, SIGNATURE_BYTES);
        return whole;
    }

    private static void check(byte[] message, Verifier by) {
        int body = ALARM_BYTES - SIGNATURE_BYTES;
        if (!by.verify(
                Arrays.copyOf(message, body),
                Bytes.copyOf(Arrays.copyOfRange(message, body, ALARM_BYTES)).toArray())) {
            throw new IllegalStateException("a signature that does not hold");
        }
    }

    @Override
    public Sender connect(int device) throws IOException {
        DatagramSocket own = new DatagramSocket();
        own.connect(socket.getLocalAddress());
        return new Device(
                own,
                cast.devices().getFirst().signer(),
                cast.centres().getFirst().verifier());
    }

    @Override
    public void close() {
        try {
            socket.close();
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Device implements Sender {

        private final DatagramSocket socket;
        private final Signer signer;
        private final Verifier centre;
        private final byte[] answer = new byte[ALARM_BYTES];
        private long number;

        Device(DatagramSocket socket, Signer signer, Verifier centre) {
            this.socket = socket;
            this.signer = signer;
            this.centre = centre;
        }

        @Override
        public CompletableFuture<Long> raise() {
            try {
                socket.send(new DatagramPacket(signed(++number, signer), ALARM_BYTES));
                socket.receive(new DatagramPacket(answer, ALARM_BYTES));
                check(answer, centre);
                return CompletableFuture.completedFuture(System.nanoTime());
            } catch (IOException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
