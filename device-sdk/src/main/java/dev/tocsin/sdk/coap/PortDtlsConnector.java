package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.DatagramNetwork;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import org.eclipse.californium.elements.MapBasedEndpointContext.Attributes;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.elements.RawDataChannel;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.eclipse.californium.scandium.dtls.ApplicationMessage;
import org.eclipse.californium.scandium.dtls.Connection;
import org.eclipse.californium.scandium.dtls.DTLSContext;
import org.eclipse.californium.scandium.dtls.HandshakeException;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.Record;
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

    private final DatagramNetwork network;
    private volatile @Nullable RawDataChannel channel;

    PortDtlsConnector(DtlsConnectorConfig config, DatagramNetwork network) {
        super(config);
        this.network = network;
    }

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
        return getDtlsContextByAddress(peer);
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
        if (handshaker != null && handshaker.isProbing() && record.getEpoch() > 0) {
            receiveBesideProbe(record, connection);
        } else {
            super.processRecord(record, connection);
        }
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
