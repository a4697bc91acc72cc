package dev.tocsin.simulator.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.tocsin.simulator.check.Verdict;
import dev.tocsin.simulator.emulated.Phases;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** How walks with an emulated board are told. */
final class BoardReport {

    static final String CAVEAT =
            "emulated without hardware acceleration: the device's part of these times is many times a board's";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private BoardReport() {}

    /** Where a walk tells how far it is. */
    static Consumer<String> to(PrintWriter out) {
        return line -> {
            out.println("… " + line);
            out.flush();
        };
    }

    /** How long each part took, and what that is worth. */
    static void tell(List<Phases.Phase> phases, PrintWriter out) {
        phases.forEach(p -> out.printf("%6.0f s  %s%n", p.seconds(), p.name()));
        out.println("(" + CAVEAT + ")");
    }

    /** The last line: what it came to, and where it can be looked at. */
    static void conclude(Verdict verdict, String tooLittle, Path folder, PrintWriter out) {
        out.println(
                switch (verdict) {
                    case HELD -> "held";
                    case INCONCLUSIVE ->
                        "inconclusive: " + tooLittle + "; disk, ledgers and console.log lie in " + folder;
                    case VIOLATED -> "VIOLATED; disk, ledgers and console.log lie in " + folder;
                });
        out.flush();
    }

    /** Seconds by part. */
    static Map<String, Object> fields(List<Phases.Phase> phases) {
        Map<String, Object> fields = new LinkedHashMap<>();
        phases.forEach(p -> fields.put(p.name(), Math.round(p.seconds() * 10) / 10.0));
        return fields;
    }

    static void write(Path file, Map<String, Object> fields) throws IOException {
        JSON.writeValue(file.toFile(), fields);
    }
}
