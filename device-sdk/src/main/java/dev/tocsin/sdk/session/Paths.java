package dev.tocsin.sdk.session;

import dev.tocsin.sdk.port.Transport.Outcome;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The ways to one centre, one an address: which is used now, and how long a round trip on each takes. */
final class Paths {

    /** Different reasons for failing that are told of one path until it works again. */
    static final int MAX_TROUBLES = 8;

    private final List<String> addresses;
    private final List<RoundTrip> roundTrips;
    private final List<Set<String>> troubles;
    private final Consumer<String> remarks;
    private int current;

    /** @param remarks told why a path fails, each reason once until an answer comes on it, and that one came */
    Paths(List<String> addresses, Consumer<String> remarks) {
        this.addresses = addresses;
        this.remarks = remarks;
        this.troubles =
                addresses.stream().<Set<String>>map(a -> new LinkedHashSet<>()).toList();
        this.roundTrips =
                Stream.generate(RoundTrip::new).limit(addresses.size()).toList();
    }

    int count() {
        return addresses.size();
    }

    /** The path to use now; 0 is the primary. */
    int current() {
        return current;
    }

    String address(int path) {
        return addresses.get(path);
    }

    /** When to send again, for lack of an answer. */
    Duration timeout(int path) {
        return roundTrips.get(path).timeout();
    }

    /** Whether datagrams get lost on it often, of late. */
    boolean isLossy(int path) {
        return roundTrips.get(path).isLossy();
    }

    /** An answer came on it. Ambiguous samples are left out (Karn's algorithm, RFC 6298 section 3). */
    void answered(int path, Outcome.Answered answer) {
        if (!troubles.get(path).isEmpty()) {
            troubles.get(path).clear();
            remarks.accept("answers at " + address(path));
        }
        roundTrips.get(path).answeredAfter(answer.transmissions());
        if (answer.transmissions() == 1) {
            roundTrips.get(path).sample(answer.roundTrip().toNanos());
        }
    }

    /** The centre is there: from now on this path or a better one. */
    void works(int path) {
        current = Math.min(current, path);
    }

    /** No answer came on it: the next one from now on. */
    void failed(int path, Outcome outcome) {
        String trouble = outcome instanceof Outcome.Unreachable(String why)
                ? "cannot be reached at " + address(path) + ": " + why
                : "does not answer at " + address(path);
        if (troubles.get(path).size() < MAX_TROUBLES && troubles.get(path).add(trouble)) {
            remarks.accept(trouble);
        }
        if (path == current) {
            current = (current + 1) % addresses.size();
        }
    }
}
