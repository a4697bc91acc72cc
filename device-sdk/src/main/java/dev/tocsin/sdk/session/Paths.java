package dev.tocsin.sdk.session;

import dev.tocsin.sdk.port.Transport.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The ways to one centre, one an address: which is used now, and how long a round trip on each takes. */
final class Paths {

    private final List<String> addresses;
    private final List<RoundTrip> roundTrips;
    private int current;

    Paths(List<String> addresses) {
        this.addresses = addresses;
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
    void failed(int path) {
        if (path == current) {
            current = (current + 1) % addresses.size();
        }
    }
}
