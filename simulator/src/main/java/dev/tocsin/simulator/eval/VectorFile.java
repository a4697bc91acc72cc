package dev.tocsin.simulator.eval;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of vectors, tried.
 *
 * @param name its path in the folder
 * @param note how its form was brought to ours; empty if it is ours
 * @param vectors in its order
 */
public record VectorFile(String name, String note, List<Vector> vectors) {

    public VectorFile {
        vectors = List.copyOf(vectors);
    }

    /** How many were valid and accepted. */
    public long accepted() {
        return vectors.stream().filter(Vector::acceptedAsMarked).count();
    }

    /** How many were invalid and refused. */
    public long rejected() {
        return vectors.stream().filter(Vector::rejectedAsMarked).count();
    }

    /** The valid ones that were refused for a reason known beforehand, by that reason. */
    public Map<String, List<String>> deviations() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        vectors.forEach(v -> v.explained()
                .ifPresent(why ->
                        byReason.computeIfAbsent(why, any -> new ArrayList<>()).add(v.id())));
        return byReason;
    }

    /** What nobody expected, a sentence each; there must be none. */
    public List<String> unexplained() {
        return vectors.stream()
                .map(Vector::unexplained)
                .flatMap(Optional::stream)
                .toList();
    }
}
