package dev.tocsin.simulator.run;

import dev.tocsin.simulator.scenario.value.Share;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Choices among devices. Each device draws from a stream of its own, by its name, so that another device more or less
 * changes nothing for the others.
 */
record Draws(Seeds seeds) {

    /** A part of them, in their order; at least one where there are any and the part is not zero. */
    List<String> sample(String purpose, List<String> ids, Share share) {
        if (share.isAll() || share.part() == 0) {
            return share.isAll() ? ids : List.of();
        }
        List<String> drawn = ids.stream()
                .filter(id -> seeds.stream(purpose + "/" + id).nextDouble() < share.part())
                .toList();
        return drawn.isEmpty() ? one(purpose, ids).map(List::of).orElse(List.of()) : drawn;
    }

    /** One of them; empty if there is none. */
    Optional<String> one(String purpose, List<String> ids) {
        return ranked(purpose, ids).stream().map(Ranked::id).findFirst();
    }

    /** All of them, in an order that is drawn. */
    List<String> order(String purpose, List<String> ids) {
        return ranked(purpose, ids).stream().map(Ranked::id).toList();
    }

    /** A moment from 0 to the end, in nanoseconds. */
    long momentNs(String purpose, long endNs) {
        return seeds.stream(purpose).nextLong(endNs);
    }

    private record Ranked(String id, long rank) {}

    private List<Ranked> ranked(String purpose, List<String> ids) {
        return ids.stream()
                .map(id -> new Ranked(id, seeds.stream(purpose + "/rank/" + id).nextLong()))
                .sorted(Comparator.comparingLong(Ranked::rank).thenComparing(Ranked::id))
                .toList();
    }
}
