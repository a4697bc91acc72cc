package dev.tocsin.sdk.update;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.PackageSource;
import dev.tocsin.sdk.port.Timers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A centre's payloads over a line that takes 60 ms and can be cut. */
final class ScriptedSource implements PackageSource {

    private static final long ROUND_TRIP_NS = 60_000_000;

    private final Timers timers;
    private final Map<Bytes, byte[]> payloads = new HashMap<>();
    boolean down;
    int tooMany; // answers 4.29 from now on
    int asked;
    long served;

    ScriptedSource(Timers timers) {
        this.timers = timers;
    }

    void serve(Bytes sha256, byte[] payload) {
        payloads.put(sha256, payload.clone());
    }

    @Override
    public Timers.Cancellable block(String from, Bytes sha256, int number, Consumer<Outcome> ended) {
        asked++;
        return timers.schedule(ROUND_TRIP_NS, () -> ended.accept(answer(sha256, number)));
    }

    private Outcome answer(Bytes sha256, int number) {
        byte[] payload = payloads.get(sha256);
        if (tooMany > 0) {
            tooMany--;
            return new Outcome.Refused(429, "too many requests of this source");
        }
        if (down) {
            return new Outcome.NoAnswer("no answer");
        }
        int at = number * BLOCK_BYTES;
        if (payload == null || at >= payload.length) {
            return new Outcome.Refused(404, "no such package");
        }
        int to = Math.min(payload.length, at + BLOCK_BYTES);
        served += to - at;
        return new Outcome.Block(Bytes.wrap(Arrays.copyOfRange(payload, at, to)), to < payload.length);
    }

    @Override
    public void close() {}
}
