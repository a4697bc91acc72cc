package dev.tocsin.benchmarks;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import dev.tocsin.simulator.check.Claim;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.county.County;
import dev.tocsin.simulator.county.CountyPlan;
import dev.tocsin.simulator.county.Trouble;
import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.world.jvm.Determinism;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A whole county is cut off from its centres for ten minutes, in which every button is pressed once; then all are back at the
 * same instant. What goes over the network, and how soon all is delivered, with each timing of alarms, from the same seed.
 *
 * <p>Arguments: {@code plain} or {@code dtls}, and how many devices.
 */
public final class HerdPeak {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long HELD_NS = 300_000_000L;
    private static final Duration BETWEEN_BOOTS = Duration.ofMillis(20);
    private static final Duration CUT_AT = Duration.ofMinutes(1);
    private static final Duration CUT_FOR = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofMinutes(10);
    private static final Conditions WEATHER = Conditions.GOOD
            .withLatency(new Latency.LogNormal(Duration.ofMillis(60), 0.5))
            .withLoss(0.02);

    private HerdPeak() {}

    /** Prints a line for each timing. */
    public static void main(String... args) {
        Determinism.install();
        boolean secure = args[0].equals("dtls");
        int devices = Integer.parseInt(args[1]);
        PrintStream out = System.out;
        out.printf(
                "%-10s%20s%20s%20s%16s%16s%12s%n",
                "timing",
                "most a s, cut off",
                "most a s, usual",
                "most a s, back",
                "99 % had in s",
                "all had in s",
                "receipts");
        for (AlarmTiming timing : AlarmTiming.values()) {
            out.println(line(timing, devices, secure));
        }
    }

    private static String line(AlarmTiming timing, int devices, boolean secure) {
        Duration lead = Duration.ofMinutes(3).plus(BETWEEN_BOOTS.multipliedBy(devices));
        try (County county = new County(plan(timing, devices, secure), lead, BETWEEN_BOOTS)) {
            long cutNs = county.startNs() + CUT_AT.toNanos();
            long backNs = cutNs + CUT_FOR.toNanos();
            Map<Long, Long> bySecond = new HashMap<>();
            county.tap(
                    (nowNs, datagram, fate) -> bySecond.merge((datagram.sentNs() - backNs) / SECOND_NS, 1L, Long::sum));
            boolean whole = county.play(standing -> true);
            if (!whole) {
                throw new IllegalStateException("nobody stops it");
            }
            List<Long> waits = new ArrayList<>();
            for (Claim claim : county.chronicle().claims()) {
                claim.receivedNs().values().forEach(ns -> waits.add(Math.max(0, ns - backNs)));
            }
            waits.sort(null);
            long cutS = -CUT_FOR.toSeconds();
            return String.format(
                    Locale.ROOT,
                    "%-10s%20d%20d%20d%16.1f%16.1f%12d",
                    timing,
                    most(bySecond, cutS, 0),
                    most(bySecond, cutS - CUT_AT.toSeconds(), cutS),
                    most(bySecond, 0, SETTLE.toSeconds()),
                    (double) waits.get(waits.size() * 99 / 100) / SECOND_NS,
                    (double) waits.getLast() / SECOND_NS,
                    waits.size());
        }
    }

    private static long most(Map<Long, Long> bySecond, long from, long to) {
        return bySecond.entrySet().stream()
                .filter(e -> e.getKey() >= from && e.getKey() < to)
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    private static CountyPlan plan(AlarmTiming timing, int devices, boolean secure) {
        List<String> ids = IntStream.range(0, devices)
                .mapToObj(i -> "school-%04d/button-%d".formatted(i / 10, i % 10))
                .toList();
        List<CountyPlan.Move> moves = new ArrayList<>();
        long betweenNs = CUT_FOR.toNanos() / (devices + 1);
        for (int i = 0; i < devices; i++) {
            String device = ids.get(i);
            long atNs = CUT_AT.toNanos() + (i + 1) * betweenNs;
            moves.add(new CountyPlan.Move(
                    atNs, device, "panic", true, new CountyPlan.Begun("P@" + device, Deed.Kind.PRESS)));
            moves.add(new CountyPlan.Move(atNs + HELD_NS, device, "panic", false, null));
        }
        moves.sort(Comparator.comparingLong(CountyPlan.Move::atNs));
        return new CountyPlan(
                "530902",
                42,
                Instant.parse("2027-03-01T00:00:00Z"),
                List.of("police", "education"),
                ids,
                Duration.ofMinutes(1),
                secure,
                timing,
                SignatureAlgorithm.ED25519,
                List.of(),
                WEATHER,
                Optional.empty(),
                moves,
                List.of(new CountyPlan.PlannedTrouble(
                        CUT_AT.toNanos(), new Trouble.Partition(ids, List.of("police", "education"), CUT_FOR, true))),
                List.of(),
                List.of(),
                List.of(),
                CUT_AT.plus(CUT_FOR),
                SETTLE);
    }
}
