package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.model.Bytes;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

/** Raw keys of vector files as PEM, on any curve: whether one can be used is for {@code Keys} to say. DER as hex. */
final class VectorKeys {

    private static final String EC_PUBLIC_KEY = oid("1.2.840.10045.2.1");

    /** Names of curves in the files, and their object identifiers. */
    private static final Map<String, String> CURVES = Map.ofEntries(
            Map.entry("P-256", "1.2.840.10045.3.1.7"),
            Map.entry("P-384", "1.3.132.0.34"),
            Map.entry("P-521", "1.3.132.0.35"),
            Map.entry("secp160r1", "1.3.132.0.8"),
            Map.entry("secp192r1", "1.2.840.10045.3.1.1"),
            Map.entry("secp224r1", "1.3.132.0.33"),
            Map.entry("secp256r1", "1.2.840.10045.3.1.7"),
            Map.entry("secp384r1", "1.3.132.0.34"),
            Map.entry("secp521r1", "1.3.132.0.35"),
            Map.entry("brainpool256r1", "1.3.36.3.3.2.8.1.1.7"),
            Map.entry("brainpool384r1", "1.3.36.3.3.2.8.1.1.11"),
            Map.entry("brainpool512r1", "1.3.36.3.3.2.8.1.1.13"),
            Map.entry("frp256v1", "1.2.250.1.223.101.256.1"),
            Map.entry("Ed25519", "1.3.101.112"),
            Map.entry("Ed448", "1.3.101.113"));

    private VectorKeys() {}

    /** The object identifier of a curve by its name. */
    static String curve(String name) {
        String found = CURVES.get(name);
        if (found == null) {
            throw new IllegalArgumentException("unknown curve " + name);
        }
        return found;
    }

    /** PKCS#8 (RFC 5958) around an ECPrivateKey (RFC 5915). */
    static String ecPrivatePem(String curveOid, BigInteger secret, int bytes) {
        String key = tlv("30", "020101" + tlv("04", String.format(Locale.ROOT, "%0" + 2 * bytes + "x", secret)));
        return pem("PRIVATE KEY", tlv("30", "020100" + ecAlgorithm(curveOid) + tlv("04", key)));
    }

    /** SubjectPublicKeyInfo (RFC 5480), the point not compressed. */
    static String ecPublicPem(String curveOid, String xHex, String yHex) {
        return pem("PUBLIC KEY", tlv("30", ecAlgorithm(curveOid) + tlv("03", "0004" + xHex + yHex)));
    }

    /** PKCS#8 (RFC 8410). */
    static String edPrivatePem(String oid, String secretHex) {
        return pem("PRIVATE KEY", tlv("30", "020100" + tlv("30", oid(oid)) + tlv("04", tlv("04", secretHex))));
    }

    /** SubjectPublicKeyInfo (RFC 8410). */
    static String edPublicPem(String oid, String keyHex) {
        return pem("PUBLIC KEY", tlv("30", tlv("30", oid(oid)) + tlv("03", "00" + keyHex)));
    }

    private static String ecAlgorithm(String curveOid) {
        return tlv("30", EC_PUBLIC_KEY + oid(curveOid));
    }

    private static String oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        StringBuilder content = new StringBuilder();
        content.append(base128(40 * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1])));
        for (int i = 2; i < arcs.length; i++) {
            content.append(base128(Long.parseLong(arcs[i])));
        }
        return tlv("06", content.toString());
    }

    /** Seven bits a byte, the highest set in all but the last. */
    private static String base128(long arc) {
        StringBuilder hex = new StringBuilder(String.format(Locale.ROOT, "%02x", arc & 0x7f));
        for (long rest = arc >>> 7; rest > 0; rest >>>= 7) {
            hex.insert(0, String.format(Locale.ROOT, "%02x", 0x80 | (rest & 0x7f)));
        }
        return hex.toString();
    }

    private static String tlv(String tag, String contentHex) {
        int length = contentHex.length() / 2;
        String form = length < 0x80 ? "%02x" : length < 0x100 ? "81%02x" : "82%04x";
        return tag + String.format(Locale.ROOT, form, length) + contentHex;
    }

    private static String pem(String type, String derHex) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(Bytes.ofHex(derHex).toArray())
                + "\n-----END " + type + "-----\n";
    }
}
