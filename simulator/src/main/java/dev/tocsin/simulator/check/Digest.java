package dev.tocsin.simulator.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tocsin.sdk.model.Bytes;
import java.util.List;

/** What of a run in the real world must come out the same each time: who got what, without any time in it. */
public final class Digest {

    /** What it covers in the real world, for people. */
    public static final String COVERS =
            "the sorted set of (alarm kind, state, device, stimulus, centres that have it): what does not depend on time";

    /** What the digest of a run in the virtual world covers, for people. */
    public static final String COVERS_VIRTUAL =
            "every datagram and its fate (time, ports, size; bytes where plain), every ledger's chain, every change of a lamp";

    private Digest() {}

    /** SHA-256, hexadecimal. */
    public static String of(List<Fate> presses) {
        StringBuilder text = new StringBuilder();
        presses.stream()
                .map(f -> f.kind() + " " + f.state() + " " + f.device() + " " + f.name() + " "
                        + String.join(",", f.deliveredTo()) + "\n")
                .sorted()
                .forEach(text::append);
        return Bytes.wrap(text.toString().getBytes(UTF_8)).sha256().hex();
    }
}
