package dev.tocsin.sdk.coap;

import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.SystemConfig;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConfig.DtlsRole;
import org.eclipse.californium.scandium.dtls.ExtendedMasterSecretMode;
import org.eclipse.californium.scandium.dtls.cipher.CipherSuite;
import org.eclipse.californium.scandium.dtls.cipher.XECDHECryptography.SupportedGroup;

/** Californium's settings, as far as they differ from its own. */
final class Tuning {

    /** A payload above this goes block-wise (RFC 7959). With CoAP's and DTLS's headers it still fits an MTU of 1280. */
    static final int MAX_MESSAGE_BYTES = 1024;

    /** Largest payload put together from blocks; above it the answer is 4.13. */
    static final int MAX_BODY_BYTES = 128 * 1024;

    /** The same at a centre: evidence, its longest, has half of it. So much is set aside with an upload's first block. */
    static final int MAX_UPLOAD_BYTES = 32 * 1024;

    /** How long such an upload may pause: a device sends a lost block again for less than that. */
    static final int UPLOAD_S = 60;

    /** How often those that paused too long are let go, some hundred at a time. */
    private static final int SWEEP_UPLOADS_S = 5;

    /** Uploads of all peers at once; the next one takes the place of the one that has paused longest. 64 MB in all. */
    static final int MAX_UPLOADS = 2_048;

    /** Datagrams of all sessions that wait for a thread; the next ones are lost, as on the way. */
    private static final int CENTRE_WAITING = 10_000;

    private static final int STRANGERS_WAITING = 1_000;

    /** Sessions a device keeps: its centres' primary and backup addresses, and some that it knew before. */
    private static final int DEVICE_SESSIONS = 64;

    private static final int DEVICE_STALE_MINUTES = 5;
    private static final int CENTRE_SESSIONS = 100_000;

    /** Where there is no room, a session that nothing has come over for so long makes some. */
    private static final int CENTRE_STALE_MINUTES = 5;

    /**
     * Requests that wait for one handshake. Scandium drops the next one without a word (and its exchange would never end), so
     * it is more than a courier lets out.
     */
    private static final int DEVICE_DEFERRED_MESSAGES = 256;

    private static final int CENTRE_CID_BYTES = 6;

    /** Sessions an authority keeps: those of an afternoon's installers, and of strangers. */
    static final int STRANGERS = 512;

    private static final int STRANGER_STALE_S = 30;

    /** A request for a certificate is far shorter. */
    private static final int MAX_STRANGERS_BODY_BYTES = 4096;

    /**
     * How often a centre looks through all its peers for exchanges that are over: once in an exchange's lifetime, for 10,000
     * peers are many to look through, and a few exchanges of each that are kept twice as long are little.
     */
    private static final long CENTRE_SWEEP_S = CoapConfig.DEFAULT_EXCHANGE_LIFETIME_IN_SECONDS;

    static {
        CoapConfig.register();
        DtlsConfig.register();
    }

    private Tuning() {}

    static Configuration of(CoapNode.Role role, CoapSettings.Handshake handshake) {
        return switch (role) {
            case DEVICE, FETCHER -> device(handshake);
            case CENTRE -> centre(handshake);
            case AUTHORITY -> newAuthority(handshake);
        };
    }

    /** A device's. Whoever has it only reads it. */
    static Configuration device(CoapSettings.Handshake handshake) {
        return handshake.equals(CoapSettings.Handshake.DEFAULT) ? Usual.DEVICE : newDevice(handshake);
    }

    /** A centre's. Whoever has it only reads it. */
    static Configuration centre(CoapSettings.Handshake handshake) {
        return handshake.equals(CoapSettings.Handshake.DEFAULT) ? Usual.CENTRE : newCentre(handshake);
    }

    /** Made once: Californium checks each of its hundred definitions, by reflection, whenever one is made. */
    private static final class Usual {
        static final Configuration DEVICE = newDevice(CoapSettings.Handshake.DEFAULT);
        static final Configuration CENTRE = newCentre(CoapSettings.Handshake.DEFAULT);

        private Usual() {}
    }

    private static Configuration newDevice(CoapSettings.Handshake handshake) {
        Configuration c = common(handshake);
        c.set(CoapConfig.MAX_ACTIVE_PEERS, DEVICE_SESSIONS);
        c.set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, 16);
        c.set(CoapConfig.MARK_AND_SWEEP_INTERVAL, CoapConfig.DEFAULT_EXCHANGE_LIFETIME_IN_SECONDS, TimeUnit.SECONDS);
        c.set(DtlsConfig.DTLS_ROLE, DtlsRole.CLIENT_ONLY);
        c.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, 0); // understands the centre's, wants none itself
        c.set(DtlsConfig.DTLS_MAX_CONNECTIONS, DEVICE_SESSIONS);
        c.set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, DEVICE_STALE_MINUTES, TimeUnit.MINUTES);
        c.set(DtlsConfig.DTLS_MAX_DEFERRED_OUTBOUND_APPLICATION_MESSAGES, DEVICE_DEFERRED_MESSAGES);
        return c;
    }

    private static Configuration newCentre(CoapSettings.Handshake handshake) {
        Configuration c = common(handshake);
        c.set(CoapConfig.MAX_ACTIVE_PEERS, CENTRE_SESSIONS);
        c.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_UPLOAD_BYTES);
        c.set(CoapConfig.BLOCKWISE_STATUS_LIFETIME, UPLOAD_S, TimeUnit.SECONDS);
        c.set(CoapConfig.BLOCKWISE_STATUS_INTERVAL, SWEEP_UPLOADS_S, TimeUnit.SECONDS);
        c.set(CoapConfig.MARK_AND_SWEEP_INTERVAL, CENTRE_SWEEP_S, TimeUnit.SECONDS);
        c.set(DtlsConfig.DTLS_ROLE, DtlsRole.SERVER_ONLY);
        c.set(DtlsConfig.DTLS_CONNECTION_ID_LENGTH, CENTRE_CID_BYTES);
        c.set(DtlsConfig.DTLS_MAX_CONNECTIONS, CENTRE_SESSIONS);
        c.set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, CENTRE_STALE_MINUTES, TimeUnit.MINUTES);
        c.set(DtlsConfig.DTLS_MAX_PENDING_INBOUND_JOBS, CENTRE_WAITING);
        return c;
    }

    /** What the block-wise layer reads: it counts uploads by the number of peers. */
    static Configuration ofUploads(Configuration config) {
        Configuration c = new Configuration(config);
        c.set(CoapConfig.MAX_ACTIVE_PEERS, Math.min(MAX_UPLOADS, config.get(CoapConfig.MAX_ACTIVE_PEERS)));
        return c;
    }

    private static Configuration newAuthority(CoapSettings.Handshake handshake) {
        Configuration c = newCentre(handshake);
        c.set(CoapConfig.MAX_ACTIVE_PEERS, STRANGERS);
        c.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_STRANGERS_BODY_BYTES);
        c.set(DtlsConfig.DTLS_MAX_CONNECTIONS, STRANGERS);
        c.set(DtlsConfig.DTLS_MAX_PENDING_INBOUND_JOBS, STRANGERS_WAITING);
        c.set(DtlsConfig.DTLS_STALE_CONNECTION_THRESHOLD, STRANGER_STALE_S, TimeUnit.SECONDS);
        c.set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.WANTED);
        return c;
    }

    private static Configuration common(CoapSettings.Handshake handshake) {
        Configuration c = new Configuration();
        c.set(SystemConfig.HEALTH_STATUS_INTERVAL, 0, TimeUnit.MILLISECONDS);

        c.set(CoapConfig.MAX_MESSAGE_SIZE, MAX_MESSAGE_BYTES);
        c.set(CoapConfig.PREFERRED_BLOCK_SIZE, MAX_MESSAGE_BYTES);
        c.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, MAX_BODY_BYTES);
        c.set(CoapConfig.BLOCKWISE_STATUS_INTERVAL, 1, TimeUnit.HOURS);
        c.set(CoapConfig.BLOCKWISE_ENTITY_TOO_LARGE_AUTO_FAILOVER, false);
        c.set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);

        c.setAsList(
                DtlsConfig.DTLS_CIPHER_SUITES,
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8,
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CCM);
        c.setAsList(DtlsConfig.DTLS_CURVES, SupportedGroup.secp256r1, SupportedGroup.X25519);
        c.set(DtlsConfig.DTLS_EXTENDED_MASTER_SECRET_MODE, ExtendedMasterSecretMode.REQUIRED);
        c.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 0); // the network has one for all
        c.set(DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT, (int) handshake.first().toMillis(), TimeUnit.MILLISECONDS);
        c.set(
                DtlsConfig.DTLS_MAX_RETRANSMISSION_TIMEOUT,
                (int) handshake.longest().toMillis(),
                TimeUnit.MILLISECONDS);
        c.set(DtlsConfig.DTLS_RETRANSMISSION_INIT_RANDOM, CoapSettings.Handshake.STRETCH);
        c.set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, handshake.retransmissions());
        return c;
    }
}
