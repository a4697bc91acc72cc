package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Keepsake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions that a device resumes after a restart, one a centre's address, as the latest full handshake with it left it.
 * They are tied to the device's certificate and the authorities it trusts: with others there is nothing to resume. Works on
 * the device's event loop, but for {@link #load} and {@link #close}; guarded.
 */
final class DeviceSessions {

    /** Most sessions; the next one takes the place of the one that was agreed on first. */
    static final int MAX = 16;

    /** How long after a handshake it is written: an alarm that needed the handshake is on its way by then. */
    static final Duration SAVE_AFTER = Duration.ofSeconds(2);

    private static final int MAX_PLACE_BYTES = 512;
    private static final byte FORMAT = 1;
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSessions.class);

    private final Keepsake file;
    private final ScheduledExecutorService loop;
    private final Map<String, Bytes> sessions = new LinkedHashMap<>();
    private Bytes binding;
    private boolean saveDue;
    private boolean closed;

    private DeviceSessions(Keepsake file, Bytes binding, ScheduledExecutorService loop) {
        this.file = file;
        this.binding = binding;
        this.loop = loop;
    }

    /** Reads what was kept. What is damaged, or another identity's, is told in the log and not used. Blocks. */
    static DeviceSessions load(Keepsake file, DtlsIdentity identity, ScheduledExecutorService loop) {
        DeviceSessions sessions = new DeviceSessions(file, SessionBytes.binding(identity), loop);
        try {
            Optional<Bytes> content = file.read();
            if (content.isPresent() && !sessions.take(content.get())) {
                sessions.sessions.clear();
                LOG.info("The sessions kept are not used: they are damaged, or of another certificate or authority");
            }
        } catch (IOException e) {
            LOG.info("The sessions kept cannot be read: {}", e.toString());
        }
        return sessions;
    }

    private boolean take(Bytes content) {
        ByteBuffer in = ByteBuffer.wrap(content.toArray());
        if (in.remaining() < 2 + SessionBytes.BINDING_BYTES
                || in.get() != FORMAT
                || !part(in, SessionBytes.BINDING_BYTES).equals(Optional.of(binding))) {
            return false;
        }
        int count = in.get() & 0xff;
        for (int i = 0; i < count; i++) {
            Optional<Bytes> place = part(in, length(in));
            Optional<Bytes> session = part(in, length(in));
            if (place.isEmpty()
                    || session.isEmpty()
                    || place.get().size() > MAX_PLACE_BYTES
                    || session.get().size() > SessionBytes.MAX_BYTES
                    || SessionBytes.read(session.get()).isEmpty()) {
                return false;
            }
            put(new String(place.get().toArray(), StandardCharsets.UTF_8), session.get());
        }
        return !in.hasRemaining();
    }

    private static int length(ByteBuffer in) {
        return in.remaining() < Short.BYTES ? -1 : in.getShort() & 0xffff;
    }

    private static Optional<Bytes> part(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return Optional.of(Bytes.wrap(bytes));
    }

    /** What a handshake with this centre can resume. */
    synchronized Optional<DTLSSession> of(InetSocketAddress centre) {
        return Optional.ofNullable(sessions.get(place(centre))).flatMap(SessionBytes::read);
    }

    /** A full handshake has agreed on it. */
    synchronized void keep(InetSocketAddress centre, DTLSSession session) {
        Bytes bytes = SessionBytes.of(session);
        String place = place(centre);
        if (bytes.size() <= SessionBytes.MAX_BYTES
                && place.getBytes(StandardCharsets.UTF_8).length <= MAX_PLACE_BYTES) {
            put(place, bytes);
            saveLater();
        }
    }

    /** Resuming it did not work: the next handshake with this centre is a full one. */
    synchronized void forget(InetSocketAddress centre) {
        if (sessions.remove(place(centre)) != null) {
            saveLater();
        }
    }

    /** The device shows another certificate from now on. */
    synchronized void show(DtlsIdentity identity) {
        binding = SessionBytes.binding(identity);
        sessions.clear();
        saveLater();
    }

    /** Writes what is still to be written, and nothing more after that. */
    synchronized void close() {
        save();
        closed = true;
    }

    private void put(String place, Bytes session) {
        sessions.remove(place);
        sessions.put(place, session);
        if (sessions.size() > MAX) {
            Iterator<String> eldest = sessions.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** The name counts too: the certificate was checked to be for it. */
    private static String place(InetSocketAddress centre) {
        return centre.getHostString() + " " + centre.getAddress().getHostAddress() + " " + centre.getPort();
    }

    private void saveLater() {
        if (!saveDue) {
            saveDue = true;
            try {
                var unused = loop.schedule(this::save, SAVE_AFTER.toNanos(), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                // the device stops: the next start makes full handshakes
            }
        }
    }

    private synchronized void save() {
        if (saveDue && !closed) {
            saveDue = false;
            file.write(content());
        }
    }

    private Bytes content() {
        ByteBuffer out = ByteBuffer.allocate(Keepsake.MAX_BYTES);
        out.put(FORMAT).put(binding.toArray()).put((byte) sessions.size());
        sessions.forEach((place, session) -> {
            byte[] name = place.getBytes(StandardCharsets.UTF_8);
            out.putShort((short) name.length).put(name);
            out.putShort((short) session.size()).put(session.toArray());
        });
        byte[] content = new byte[out.position()];
        out.flip().get(content);
        return Bytes.wrap(content);
    }
}
