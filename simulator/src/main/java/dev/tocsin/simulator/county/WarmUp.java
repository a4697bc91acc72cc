package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.network.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Plays a county of two devices on a thread, once, before the first that counts. Libraries draw random numbers when they
 * are first used on a thread (key generators, signatures), and a county must not draw more because it is the first.
 */
final class WarmUp {

    private static final ThreadLocal<Boolean> WARM = ThreadLocal.withInitial(() -> false);

    private WarmUp() {}

    static void ofThisThread() {
        if (!WARM.get()) {
            WARM.set(true);
            for (boolean secure : new boolean[] {true, false}) {
                try (County county = new County(plan(secure), Duration.ofSeconds(10), Duration.ofMillis(20))) {
                    county.play(standing -> true);
                }
            }
        }
    }

    private static CountyPlan plan(boolean secure) {
        List<String> devices = List.of("warm/button-1", "warm/button-2");
        List<CountyPlan.Move> moves = devices.stream()
                .map(d ->
                        new CountyPlan.Move(0, d, "panic", true, new CountyPlan.Begun("warm-up@" + d, Deed.Kind.PRESS)))
                .toList();
        return new CountyPlan(
                "warm-up",
                0,
                Instant.EPOCH.plus(Duration.ofDays(20_000)),
                List.of("police", "education"),
                devices,
                Duration.ofSeconds(10),
                secure,
                AlarmTiming.QUICK,
                SignatureAlgorithm.ED25519,
                List.of(),
                Conditions.GOOD.withLoss(0.2),
                Optional.empty(),
                moves,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }
}
