package dev.tocsin.simulator.eval;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.sdk.config.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signatures, hashes and COSE objects that others published, put to our own verifiers.
 *
 * @param files each file, tried
 */
public record VectorEvaluation(List<VectorFile> files) {

    private interface Reader {
        VectorFile read(String name, Path file) throws IOException, InvalidKeyException;
    }

    /** What must be in the folder. */
    private static final Map<String, Reader> READERS = new LinkedHashMap<>();

    static {
        READERS.put("wycheproof/ed25519_test.json", WycheproofVectors::plain);
        READERS.put("wycheproof/ecdsa_secp256r1_sha256_test.json", WycheproofVectors::der);
        READERS.put("wycheproof/ecdsa_secp256r1_sha256_p1363_test.json", WycheproofVectors::plain);
        READERS.put("botan/ed25519.vec", BotanVectors::ed25519);
        READERS.put("botan/ed25519_verify.vec", BotanVectors::ed25519Verify);
        READERS.put("botan/ecdsa_rfc6979.vec", BotanVectors::rfc6979);
        READERS.put("botan/sm2_sig.vec", BotanVectors::sm2);
        READERS.put("botan/sm3.vec", BotanVectors::sm3);
        READERS.put("cose", CoseVectors::read);
    }

    public VectorEvaluation {
        files = List.copyOf(files);
    }

    /** What came of reading a folder. */
    public sealed interface Outcome {
        /** All was there and was tried. */
        record Tried(VectorEvaluation evaluation) implements Outcome {}

        /** Something is not there or cannot be read. */
        record Unusable(String why) implements Outcome {}
    }

    /** Reads a folder with {@code wycheproof}, {@code botan} and {@code cose} in it, and tries every vector. Blocks. */
    public static Outcome of(Path folder) {
        List<VectorFile> files = new ArrayList<>();
        for (Map.Entry<String, Reader> entry : READERS.entrySet()) {
            Path file = folder.resolve(entry.getKey());
            try {
                VectorFile tried = entry.getValue().read(entry.getKey(), file);
                if (tried.vectors().isEmpty()) {
                    return new Outcome.Unusable(file + " has no vectors in it");
                }
                files.add(tried);
            } catch (IOException e) {
                return new Outcome.Unusable(file + " cannot be read: " + FileTrouble.of(e) + "; the folder must hold "
                        + String.join(", ", READERS.keySet()));
            } catch (InvalidKeyException | IllegalArgumentException e) {
                return new Outcome.Unusable(file + ": " + e.getMessage());
            }
        }
        return new Outcome.Tried(new VectorEvaluation(files));
    }

    /** Whether every vector came out as marked, or otherwise for a reason known beforehand. */
    public boolean held() {
        return files.stream().allMatch(file -> file.unexplained().isEmpty());
    }

    /**
     * Writes it all as JSON.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode();
        root.put("held", held());
        ArrayNode list = root.putArray("files");
        for (VectorFile f : files) {
            ObjectNode node = list.addObject();
            node.put("file", f.name());
            node.put("note", f.note());
            node.put("vectors", f.vectors().size());
            node.put("accepted_as_marked", f.accepted());
            node.put("rejected_as_marked", f.rejected());
            ArrayNode deviations = node.putArray("deviations");
            f.deviations().forEach((reason, ids) -> {
                ObjectNode deviation = deviations.addObject().put("reason", reason);
                ids.forEach(deviation.putArray("vectors")::add);
            });
            f.unexplained().forEach(node.putArray("unexplained")::add);
        }
        Files.writeString(file, json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }
}
