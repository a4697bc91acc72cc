package dev.tocsin.simulator.eval;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.crypto.Sm3;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and tries Botan's {@code .vec} files: lines of {@code name = value}; a value holds until the next of its name, and
 * one name completes a vector.
 */
final class BotanVectors {

    private static final String SM2_CURVE = "1.2.156.10197.1.301";
    private static final String ED25519 = VectorKeys.curve("Ed25519");
    private static final int HALF = 32;

    /** What stands at a vector. */
    private record Lines(String section, Map<String, String> values) {

        String text(String name) {
            String value = values.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no " + name);
            }
            return value;
        }

        byte[] bytes(String name) {
            return Bytes.ofHex(text(name)).toArray();
        }

        BigInteger number(String name) {
            String text = text(name);
            return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
        }
    }

    private interface Trial {
        Vector of(String id, Lines lines) throws InvalidKeyException;
    }

    private BotanVectors() {}

    private static VectorFile read(String name, Path file, String last, Trial trial) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        String section = "";
        int number = 0;
        for (String raw : Files.readAllLines(file)) {
            number++;
            String line = raw.strip();
            int equals = line.indexOf('=');
            if (line.startsWith("[") && line.endsWith("]")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.startsWith("#") && equals > 0) {
                String key = line.substring(0, equals).strip();
                values.put(key, line.substring(equals + 1).strip());
                if (key.equals(last)) {
                    try {
                        vectors.add(trial.of("line " + number, new Lines(section, values)));
                    } catch (InvalidKeyException | IllegalArgumentException e) {
                        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
                    }
                }
            }
        }
        return new VectorFile(name, "", vectors);
    }

    /** Hashes: accepted is what comes out the same. */
    static VectorFile sm3(String name, Path file) throws IOException {
        return read(
                name,
                file,
                "Out",
                (id, lines) -> new Vector(
                        id,
                        true,
                        Optional.empty(),
                        Sm3.of(Bytes.ofHex(lines.text("In"))).equals(Bytes.ofHex(lines.text("Out")))));
    }

    /** Signatures with the nonce that was drawn for them: they can be verified, but not made again. */
    static VectorFile sm2(String name, Path file) throws IOException {
        return read(name, file, "Signature", (id, lines) -> {
            String curve = lines.text("Oid");
            String hash = lines.text("Hash");
            Optional<String> notOurs = !curve.equals(SM2_CURVE)
                    ? Optional.of("SM2 on another curve, " + curve)
                    : hash.equals("SM3") ? Optional.empty() : Optional.of("SM2 with " + hash + " in place of SM3");
            String pem = VectorKeys.ecPrivatePem(curve, lines.number("x"), HALF);
            boolean accepted = verifier(pem, Sm2Id.of(lines.text("Ident")))
                    .filter(key -> key.verify(lines.bytes("Msg"), lines.bytes("Signature")))
                    .isPresent();
            return new Vector(id, true, notOurs, accepted);
        });
    }

    /** Signatures that we must also make: RFC 6979. */
    static VectorFile rfc6979(String name, Path file) throws IOException {
        return read(name, file, "Signature", (id, lines) -> {
            String group = lines.text("Group");
            String hash = lines.text("Hash");
            Optional<String> notOurs = !group.equals("secp256r1")
                    ? Optional.of("ECDSA on another curve, " + group)
                    : hash.equals("SHA-256")
                            ? Optional.empty()
                            : Optional.of("ECDSA with " + hash + " in place of SHA-256");
            int bytes = Math.max(HALF, (lines.number("X").bitLength() + 7) / 8);
            String pem = VectorKeys.ecPrivatePem(VectorKeys.curve(group), lines.number("X"), bytes);
            return new Vector(id, true, notOurs, madeAndVerified(pem, lines));
        });
    }

    /** Signatures that we must also make: RFC 8032. */
    static VectorFile ed25519(String name, Path file) throws IOException {
        return read(name, file, "Signature", (id, lines) -> {
            Optional<String> notOurs = lines.section.equals("Pure")
                    ? Optional.empty()
                    : Optional.of("Ed25519 over a hash (" + lines.section + ")");
            String pem = VectorKeys.edPrivatePem(ED25519, lines.text("Privkey"));
            return new Vector(id, true, notOurs, madeAndVerified(pem, lines));
        });
    }

    /** Signatures to be refused, and keys that are none. */
    static VectorFile ed25519Verify(String name, Path file) throws IOException {
        return read(name, file, "Signature", (id, lines) -> {
            String pem = VectorKeys.edPublicPem(ED25519, lines.text("Pubkey"));
            boolean accepted;
            try {
                accepted = Keys.verifier(pem).verify(lines.bytes("Msg"), lines.bytes("Signature"));
            } catch (InvalidKeyException e) {
                accepted = false;
            }
            return new Vector(id, !lines.text("Valid").equals("0"), Optional.empty(), accepted);
        });
    }

    private static boolean madeAndVerified(String pem, Lines lines) {
        byte[] message = lines.bytes("Msg");
        byte[] signature = lines.bytes("Signature");
        try {
            return Keys.verifier(Keys.publicPem(pem)).verify(message, signature)
                    && Bytes.wrap(Keys.signer(pem).sign(message)).equals(Bytes.wrap(signature));
        } catch (InvalidKeyException e) {
            return false;
        }
    }

    private static Optional<Verifier> verifier(String privatePem, Sm2Id id) {
        try {
            return Optional.of(Keys.verifier(Keys.publicPem(privatePem), id));
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }
}
