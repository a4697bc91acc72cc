package dev.tocsin.sdk.crypto;

import dev.tocsin.sdk.model.Bytes;
import org.bouncycastle.crypto.digests.SM3Digest;

/** SM3 (GM/T 0004, GB/T 32905): the hash under SM2. Stateless; any thread. */
public final class Sm3 {

    private Sm3() {}

    /** The 32 bytes over all parts, one behind the other. */
    public static Bytes of(Bytes... parts) {
        SM3Digest digest = new SM3Digest();
        for (Bytes part : parts) {
            digest.update(part.readOnlyArray(), 0, part.size());
        }
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        return Bytes.wrap(hash);
    }
}
