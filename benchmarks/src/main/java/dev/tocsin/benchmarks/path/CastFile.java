package dev.tocsin.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tocsin.benchmarks.path.Cast.Party;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A cast in a file, keys and all, so that a process of its own can play some of it. */
public final class CastFile {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CastFile() {}

    /** Writes it. */
    public static void write(Cast cast, Path file) throws IOException {
        ObjectNode root = MAPPER.createObjectNode().put("authority", cast.authorityPem());
        write(cast.centres(), root.putArray("centres"));
        write(cast.devices(), root.putArray("devices"));
        MAPPER.writeValue(file.toFile(), root);
    }

    private static void write(List<Party> parties, ArrayNode to) {
        parties.forEach(p -> to.addObject()
                .put("id", p.id())
                .put("signing", p.signingPem())
                .put("certificate", p.certificatePem())
                .put("key", p.keyPem()));
    }

    /** Reads what {@link #write} wrote. */
    public static Cast read(Path file) throws IOException {
        JsonNode root = MAPPER.readTree(file.toFile());
        return new Cast(root.get("authority").asText(), read(root.get("centres")), read(root.get("devices")));
    }

    private static List<Party> read(JsonNode parties) {
        List<Party> read = new ArrayList<>();
        parties.forEach(p -> read.add(Cast.party(
                p.get("id").asText(),
                p.get("signing").asText(),
                p.get("certificate").asText(),
                p.get("key").asText())));
        return read;
    }
}
