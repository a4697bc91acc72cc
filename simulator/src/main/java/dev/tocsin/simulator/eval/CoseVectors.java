package dev.tocsin.simulator.eval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tocsin.sdk.codec.CoseSign1;
import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads and tries the COSE working group's examples, a file each. */
final class CoseVectors {

    private static final Set<String> OUR_ALGORITHMS = Set.of("ES256", "EdDSA");
    private static final Set<String> OUR_CURVES = Set.of("P-256", "Ed25519");

    private CoseVectors() {}

    static VectorFile read(String name, Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        }
        List<Vector> vectors = new ArrayList<>();
        for (Path file : files) {
            String id = folder.relativize(file).toString().replace('\\', '/');
            try {
                vectors.add(vector(id, WycheproofVectors.Json.read(file)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(id + ": " + e.getMessage(), e);
            }
        }
        return new VectorFile(
                name,
                "as COSE_Sign1 alone; as messages of ours all are refused, since none has our kid and typ",
                vectors);
    }

    private static Vector vector(String id, JsonNode file) {
        Bytes bytes = Bytes.ofHex(file.required("output").required("cbor").asText());
        boolean valid = !file.path("fail").asBoolean(false);
        JsonNode input = file.required("input");
        if (SignedEnvelope.read(bytes) instanceof Decoded.Ok<SignedEnvelope>) {
            return new Vector(id + " as a message of ours", false, Optional.empty(), true);
        }
        boolean accepted = CoseSign1.read(bytes) instanceof Decoded.Ok<CoseSign1>(CoseSign1 object)
                && verifier(input.path("sign0").path("key"))
                        .filter(object::isSignedBy)
                        .isPresent();
        return new Vector(id, valid, notOurs(input), accepted);
    }

    /** By what the example says it is made of. */
    private static Optional<String> notOurs(JsonNode input) {
        if (!input.has("sign0")) {
            String kind = Stream.of("sign", "mac", "mac0", "enveloped", "encrypted")
                    .filter(input::has)
                    .findFirst()
                    .orElse("unknown");
            return Optional.of("another COSE structure (" + kind + "); ours is COSE_Sign1");
        }
        JsonNode sign = input.get("sign0");
        String algorithm = sign.required("alg").asText();
        String curve = sign.required("key").required("crv").asText();
        if (!OUR_ALGORITHMS.contains(algorithm) || !OUR_CURVES.contains(curve)) {
            return Optional.of(algorithm + " on " + curve + ", none of our algorithms");
        }
        if (sign.has("external")) {
            return Optional.of("external data is signed; our messages have none");
        }
        return sign.path("protected").has("alg")
                ? Optional.empty()
                : Optional.of("alg stands outside the protected header, where anybody can change it");
    }

    /** Empty if the key cannot be one of ours. */
    private static Optional<Verifier> verifier(JsonNode key) {
        if (key.isMissingNode()) {
            return Optional.empty();
        }
        String curve = VectorKeys.curve(key.required("crv").asText());
        String pem = key.required("kty").asText().equals("EC")
                ? VectorKeys.ecPublicPem(curve, coordinate(key, "x"), coordinate(key, "y"))
                : VectorKeys.edPublicPem(curve, coordinate(key, "x"));
        try {
            return Optional.of(Keys.verifier(pem));
        } catch (InvalidKeyException e) {
            return Optional.empty();
        }
    }

    private static String coordinate(JsonNode key, String name) {
        return key.has(name + "_hex")
                ? key.get(name + "_hex").asText()
                : Bytes.wrap(Base64.getUrlDecoder().decode(key.required(name).asText()))
                        .hex();
    }
}
