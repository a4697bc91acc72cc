package dev.tocsin.simulator.eval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tocsin.sdk.crypto.DerSignature;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Reads and tries Wycheproof's files of signatures to verify. */
final class WycheproofVectors {

    private WycheproofVectors() {}

    /** Signatures in our own form: Ed25519, or r || s. */
    static VectorFile plain(String name, Path file) throws IOException, InvalidKeyException {
        return new VectorFile(name, "", read(file, signature -> signature));
    }

    /** ECDSA signatures in DER. What is no signature in DER becomes one of no bytes. */
    static VectorFile der(String name, Path file) throws IOException, InvalidKeyException {
        return new VectorFile(
                name,
                "DER is never on our wire: each signature was first taken to r || s, by the one DER form only",
                read(
                        file,
                        der -> DerSignature.toPlain(SignatureAlgorithm.ES256, der)
                                .orElse(new byte[0])));
    }

    private static List<Vector> read(Path file, UnaryOperator<byte[]> form) throws IOException, InvalidKeyException {
        List<Vector> vectors = new ArrayList<>();
        for (JsonNode group : Json.read(file).required("testGroups")) {
            Verifier key = Keys.verifier(group.required("publicKeyPem").asText());
            for (JsonNode test : group.required("tests")) {
                boolean valid = switch (test.required("result").asText()) {
                    case "valid" -> true;
                    case "invalid" -> false;
                    default ->
                        throw new IllegalArgumentException(
                                "a result that is neither valid nor invalid: " + test.required("result"));
                };
                byte[] signature = form.apply(bytes(test.required("sig")));
                vectors.add(new Vector(
                        "tcId " + test.required("tcId").asInt(),
                        valid,
                        Optional.empty(),
                        key.verify(bytes(test.required("msg")), signature)));
            }
        }
        return vectors;
    }

    private static byte[] bytes(JsonNode hex) {
        return Bytes.ofHex(hex.asText()).toArray();
    }

    /** One mapper for all readers of vectors. */
    static final class Json {
        private static final ObjectMapper MAPPER = new ObjectMapper();

        private Json() {}

        static JsonNode read(Path file) throws IOException {
            return MAPPER.readTree(Files.readAllBytes(file));
        }
    }
}
