package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.californium.elements.MapBasedEndpointContext.Attributes;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ApplicationMessage;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.ContentType;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.DTLSSession;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.HandshakeType;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.Record;
import org.eclipse.californium.scandium.dtls.ResumingClientHandshaker;
import org.eclipse.californium.scandium.dtls.ResumptionSupportingConnectionStore;
import org.eclipse.californium.scandium.util.SecretUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Scandium's DTLS over a {@link DatagramNetwork}: no thread and no file descriptor of its own. Works on the executor it is
 * given; sends and timers included.
 */
final class PortDtlsConnector extends DTLSConnector {

    /** Fits every path that carries IPv6 (RFC 8200, section 5), so that a handshake never depends on IP fragments. */
    private static final int MTU_BYTES = 1280;

    private static final int ANTI_REPLAY_WINDOW_AS_IT_IS = 0;

    /** Times that a server may ask for a cookie in a handshake: once, and once more if its key changed on the way. */
    private static final int COOKIES = 2;

    private static final int MESSAGE_SEQ_AT = 4; // behind the type and the length (RFC 6347, section 4.2.2)

    private final DatagramNetwork network;
    private final Optional<Resuming> resuming;
    private final ResumptionSupportingConnectionStore connections;
    private volatile @Nullable RawDataChannel channel;

    /** @param resuming a device's sessions of before a restart, and the executor that it works on; empty: none */
    PortDtlsConnector(DtlsConnectorConfig config, DatagramNetwork network, Optional<Resuming> resuming) {
        this(
                config,
                network,
                resuming,
                config.getSessionStore() == null ? createConnectionStore(config) : new CentreConnections(config));
    }

    private PortDtlsConnector(
            DtlsConnectorConfig config,
            DatagramNetwork network,
            Optional<Resuming> resuming,
            ResumptionSupportingConnectionStore connections) {
        super(config, connections);
        this.network = network;
        this.resuming = resuming;
        this.connections = connections;
    }

    /** How many sessions it holds, those included that were replaced and have yet to go. */
    int held() {
        return config.get(DtlsConfig.DTLS_MAX_CONNECTIONS) - connections.remainingCapacity();
    }

    /** What a device resumes. */
    record Resuming(DeviceSessions sessions, Executor executor) {}

    @Override
    protected void start(InetSocketAddress bind) throws IOException {
        if (!isRunning()) {
            init(bind, new PortDatagramSocket(network.open(bind, this::received)), MTU_BYTES);
        }
    }

    @Override
    public void setRawDataReceiver(RawDataChannel receiver) {
        channel = receiver;
        super.setRawDataReceiver(receiver);
    }

    /** The session that stands with a peer, or null. The object's identity tells one handshake's from the next one's. */
    @Nullable
    DTLSContext sessionWith(InetSocketAddress peer) {
        DTLSContext context = getDtlsContextByAddress(peer);
        return context == null || isToBeResumed(context) ? null : context;
    }

    @Override
    public void send(RawData message) {
        InetSocketAddress peer = message.getInetSocketAddress();
        if (resuming.isPresent() && isRunning() && connections.get(peer) == null) {
            Resuming kept = resuming.get();
            try {
                kept.sessions.of(peer).ifPresent(session -> {
                    offer(session, peer, kept.executor);
                    SecretUtil.destroy(session);
                });
            } catch (RuntimeException e) { // nothing known throws; a message does not wait to find out
                kept.sessions.forget(peer);
            }
        }
        super.send(message);
    }

    /**
     * Makes a connection that has a session and neither keys nor sequence numbers, and must be resumed before anything goes
     * over it: Scandium does so with the first message. It only ever makes keys from the two new randoms.
     */
    private void offer(DTLSSession session, InetSocketAddress peer, Executor executor) {
        Connection connection = new Connection(peer);
        connection.setConnectorContext(executor, null);
        Handshaker unbegun = new ResumingClientHandshaker(session, this, timer, connection, config, false);
        try {
            connection.getSessionListener().contextEstablished(unbegun, unbegun.getDtlsContext());
        } catch (HandshakeException e) {
            throw new IllegalStateException(e); // it only takes the context over
        }
        connection.setResumptionRequired(true);
        connections.put(connection);
    }

    private static boolean isToBeResumed(DTLSContext context) {
        return context.getWriteEpoch() == 0;
    }

    private void received(InetSocketAddress from, byte[] data, int length) {
        // Every record is copied out of the array before this returns (Record.fromReader).
        processDatagram(new DatagramPacket(data, length, from));
        MDC.remove("PEER"); // Scandium leaves it on the network's thread
    }

    /**
     * A handshake that probes for a lost session takes the first record that arrives as its answer, drops the session, and
     * keeps a late answer that came within the session until the handshake is through, where its sequence number then
     * deafens the new one (by the anti-replay window). So such records are taken out here: the answer is delivered at once,
     * within the session it belongs to, and the probe goes on beside it.
     */
    @Override
    public void processRecord(Record record, Connection connection) {
        Handshaker handshaker = connection.getOngoingHandshake();
        if (isOneCookieTooMany(record)) {
            dropReceivedRecord(record);
        } else if (handshaker != null && handshaker.isProbing() && record.getEpoch() > 0) {
            receiveBesideProbe(record, connection);
        } else {
            super.processRecord(record, connection);
        }
    }

    /**
     * A server that asks for a cookie again instead of going on: Scandium's does so when it has room for no more sessions, and
     * its client would send the next hello at once, for ever. Without an answer it waits longer each time, and gives up.
     */
    private static boolean isOneCookieTooMany(Record record) {
        byte[] message = record.getFragmentBytes();
        return record.getType() == ContentType.HANDSHAKE
                && record.getEpoch() == 0
                && message.length > MESSAGE_SEQ_AT + 1
                && message[0] == HandshakeType.HELLO_VERIFY_REQUEST.getCode()
                && ByteBuffer.wrap(message).getChar(MESSAGE_SEQ_AT) >= COOKIES;
    }

    private void receiveBesideProbe(Record record, Connection connection) {
        DTLSContext session = connection.getEstablishedDtlsContext();
        RawDataChannel receiver = channel;
        InetSocketAddress peer = record.getPeerAddress();
        if (session == null
                || receiver == null
                || session.getReadEpoch() != record.getEpoch()
                || !connection.equalsPeerAddress(peer)
                || !session.isRecordProcessable(
                        record.getEpoch(), record.getSequenceNumber(), ANTI_REPLAY_WINDOW_AS_IT_IS)) {
            dropReceivedRecord(record);
            return;
        }
        try {
            record.decodeFragment(session.getReadState());
        } catch (GeneralSecurityException | HandshakeException e) {
            dropReceivedRecord(record);
            return;
        }
        if (record.getFragment() instanceof ApplicationMessage message) {
            connection.markRecordAsRead(record);
            receiver.receiveData(RawData.inbound(
                    message.getData(),
                    connection.getReadContext(new Attributes(), peer),
                    false,
                    record.getReceiveNanos(),
                    getAddress()));
        }
    }
}
