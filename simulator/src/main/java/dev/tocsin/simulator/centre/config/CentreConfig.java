package dev.tocsin.simulator.centre.config;

import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.coap.SourceLimits;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.simulator.centre.Partners;
import dev.tocsin.simulator.centre.Settings;
import dev.tocsin.simulator.centre.authority.Policy;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who a centre is, and where its things are. As a person writes it; relative paths start at the file's folder:
 *
 * <pre>
 * id: police
 * name: Linxiang county police        # what people read; default: the id
 * listen: coaps://0.0.0.0:5684        # coap:// without DTLS, for laboratories
 * dtls:
 *   certificate: police.pem           # with intermediate certificates after it
 *   key: police.key
 *   trust: authority.pem              # whose certificates devices must have
 * signing-key: police-receipts.key    # signs receipts: Ed25519, P-256 or SM2
 * sm2-id: police                      # what an SM2 key signs under; default: 1234567812345678
 * registry: registry.yaml
 * ledger: police.db
 * audit: police.audit.log             # default: the ledger's name and .audit.log
 * counties: ["530902"]                # whose devices report to it; default: all of the registry
 * heartbeat: 60s                      # expected of a device that has not said its own period
 * offline-grace: 20s                  # beyond three periods
 * keep-sessions: true                 # DTLS sessions are resumed after a restart: their secrets lie beside the ledger
 * drills: false                       # whether it takes drill alarms and orders drills; police do not
 * notices-from:                       # centres whose notices of drills it believes
 *   education: {keys: [education-receipts.pem]}      # the public half of its signing-key, and its sm2-id
 * </pre>
 *
 * How much it takes of one source; beyond it the answer is 4.29, and the audit says so ({@link SourceLimits} says what a source is):
 *
 * <pre>
 * limits:
 *   messages: 50                      # a second; six times as many at once
 *   kilobytes: 128                    # a second; 32 times as much at once
 *   handshakes: 50                    # a second from one address; 20 times as many at once
 *   sources: 4096                     # told apart at once
 * </pre>
 *
 * A centre that orders drills names those that it tells, and its certificate must be for a TLS client too:
 *
 * <pre>
 * drills: true
 * notify:
 *   police: {addresses: [coaps://10.0.0.2:5684], keys: [police-receipts.pem]}
 * </pre>
 *
 * A centre that certifies devices has an authority, made with {@code tocsin ca init}; others on its machine only read the
 * authority's books:
 *
 * <pre>
 * authority:
 *   folder: ca                        # ca.pem, ca-key.pem, authority.db
 *   listen: coaps://0.0.0.0:5685      # where devices enrol and renew
 *   certificates: 365d                # how long a device's certificates are good
 *   renew-expired: 365d               # how long after that they still renew; 0s: not at all
 * enrolled: ../police/ca/authority.db # instead of an authority: whose devices it knows
 * </pre>
 *
 * @param settings its id, times, counties and partners
 * @param name what people call it
 * @param listen where it listens; port 0 takes a free one
 * @param dtls who it is within DTLS; empty: plain CoAP
 * @param signer signs its receipts
 * @param files where its things are
 * @param authority what certifies devices here, if anything does
 * @param limits how much it takes of one source
 * @param keepsSessions whether its devices' DTLS sessions outlive its restarts, on its disk
 */
public record CentreConfig(
        Settings settings,
        String name,
        InetSocketAddress listen,
        Optional<DtlsIdentity> dtls,
        Signer signer,
        Files files,
        Optional<Authority> authority,
        SourceLimits limits,
        boolean keepsSessions) {

    /**
     * Where a centre's things are.
     *
     * @param books the authority's, if there is one
     */
    public record Files(Path registry, Path ledger, Path audit, Optional<Path> books) {
        /** Without an authority. */
        public Files(Path registry, Path ledger, Path audit) {
            this(registry, ledger, audit, Optional.empty());
        }
    }

    /**
     * Certifies devices.
     *
     * @param folder where its key and its books lie
     * @param listen where devices enrol and renew
     */
    public record Authority(Path folder, InetSocketAddress listen, Policy policy) {}

    /** Reads a centre's configuration, and the keys that it names. Blocks. */
    public static Loaded<CentreConfig> load(Path file) {
        return CentreConfigReader.load(file);
    }

    /** Only the other centres, with their public keys. Blocks. */
    public static Loaded<Partners> partners(Path file) {
        return CentreConfigReader.partners(file);
    }

    /** Only whether it takes drill alarms and orders drills. Blocks. */
    public static Loaded<Boolean> drills(Path file) {
        return CentreConfigReader.drills(file);
    }

    /** Only where a centre's things are: for who works beside it and shall not need its keys. Blocks. */
    public static Loaded<Files> files(Path file) {
        return CentreConfigReader.files(file);
    }
}
