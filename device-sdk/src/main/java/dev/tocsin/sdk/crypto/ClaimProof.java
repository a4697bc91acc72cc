package dev.tocsin.sdk.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.EnrolmentClaim;
import dev.tocsin.sdk.model.KeyUse;
import java.security.MessageDigest;
import java.util.Base64;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A claim bound to a key: what a device puts into its request's challengePassword (RFC 2985, section 5.4.1) instead of the
 * claim itself. HMAC-SHA-256 under the claim's secret over the use, the device, the authority and the SubjectPublicKeyInfo;
 * in base64url, 43 characters. Whoever steals a request can have the same key certified again, and nothing else. Stateless;
 * any thread.
 */
public final class ClaimProof {

    private static final byte[] CONTEXT = "tocsin enrolment claim 1".getBytes(UTF_8);

    private ClaimProof() {}

    /**
     * The proof.
     *
     * @param publicKey SubjectPublicKeyInfo in DER of the key to be certified
     */
    public static String of(EnrolmentClaim claim, KeyUse use, Bytes publicKey) {
        HMac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(claim.secret().toArray()));
        part(mac, CONTEXT);
        part(mac, use.name().getBytes(UTF_8));
        part(mac, claim.device().getBytes(UTF_8));
        part(mac, claim.authority().readOnlyArray());
        part(mac, publicKey.readOnlyArray());
        byte[] proof = new byte[mac.getMacSize()];
        mac.doFinal(proof, 0);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(proof);
    }

    /** Whether this is the proof; takes the same time wherever it differs. */
    public static boolean isOf(EnrolmentClaim claim, KeyUse use, Bytes publicKey, String proof) {
        return MessageDigest.isEqual(of(claim, use, publicKey).getBytes(UTF_8), proof.getBytes(UTF_8));
    }

    /** With its length before it, so that no two lists of parts are the same bytes. */
    private static void part(HMac mac, byte[] bytes) {
        mac.update((byte) (bytes.length >>> 8));
        mac.update((byte) bytes.length);
        mac.update(bytes, 0, bytes.length);
    }
}
