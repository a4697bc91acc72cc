package dev.tocsin.simulator.check;

import dev.tocsin.simulator.scenario.Expectation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether devices with a lapsed certificate were heard all the same, flagged, and renewed it by themselves. */
final class RenewalVerdict {

    /** Most devices that a sentence names. */
    private static final int MAX_NAMED = 5;

    private final Expectation.Renewed expected;
    private final List<Lapse> lapses;
    private final long withinNs;

    private RenewalVerdict(Expectation.Renewed expected, List<Lapse> lapses) {
        this.expected = expected;
        this.lapses = lapses;
        this.withinNs = expected.within().toNanos();
    }

    /** @param cutShort why the run did not come to its end */
    static Outcome of(Expectation.Renewed expected, List<Lapse> lapses, Optional<String> cutShort) {
        return new RenewalVerdict(expected, lapses).judge(cutShort);
    }

    private Outcome judge(Optional<String> cutShort) {
        if (lapses.isEmpty()) {
            return outcome(Verdict.INCONCLUSIVE, "no device had power with a lapsed certificate");
        }
        List<String> sentences = new ArrayList<>();
        cutShort.ifPresent(sentences::add);
        sentences.add(renewals());
        sentences.add(flags());
        expected.firstPress().map(this::firstPresses).ifPresent(sentences::add);
        if (cutShort.isPresent()) {
            return outcome(Verdict.INCONCLUSIVE, String.join("; ", sentences));
        }
        List<String> wrongs = wrongs();
        if (!wrongs.isEmpty()) {
            sentences.addAll(wrongs);
            return outcome(Verdict.VIOLATED, String.join("; ", sentences));
        }
        Optional<String> unseen = unseen();
        unseen.ifPresent(sentences::add);
        return outcome(unseen.isPresent() ? Verdict.INCONCLUSIVE : Verdict.HELD, String.join("; ", sentences));
    }

    private String renewals() {
        long slowestNs = lapses.stream()
                .filter(l -> l.renewedNs().isPresent())
                .mapToLong(l -> l.renewedNs().getAsLong() - l.sinceNs())
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%d of %d devices that had power with a lapsed certificate renewed it, the slowest after %.1f s (limit"
                        + " %s s)",
                lapses.stream().filter(l -> l.isRenewedWithin(withinNs)).count(),
                lapses.size(),
                slowestNs / 1e9,
                seconds(expected.within()));
    }

    private String flags() {
        return String.format(
                Locale.ROOT,
                "ledger entries until then: %d flagged, %d not; after the limit: %d flagged, %d not",
                lapses.stream().mapToLong(l -> l.before(true)).sum(),
                lapses.stream().mapToLong(l -> l.before(false)).sum(),
                lapses.stream().mapToLong(l -> l.after(withinNs, true)).sum(),
                lapses.stream().mapToLong(l -> l.after(withinNs, false)).sum());
    }

    private String firstPresses(Duration limit) {
        List<Lapse> pressed =
                lapses.stream().filter(l -> isPressedWithin(l, limit)).toList();
        long lastNs = pressed.stream()
                .flatMapToLong(l -> l.first().orElseThrow().filedNs().stream().map(filedNs -> filedNs - l.sinceNs()))
                .max()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%d of %d first presses after the power in every ledger in time, %d of them flagged, the last %.2f s"
                        + " after the power (limit %s s)",
                pressed.stream().filter(l -> isFiledWithin(l, limit)).count(),
                pressed.size(),
                pressed.stream()
                        .filter(l -> isFiledWithin(l, limit)
                                && l.first().orElseThrow().flagged())
                        .count(),
                lastNs / 1e9,
                seconds(limit));
    }

    private List<String> wrongs() {
        List<String> wrongs = new ArrayList<>();
        add(wrongs, "never renewed", l -> l.renewedNs().isEmpty());
        add(wrongs, "renewed too late", l -> l.renewedNs().isPresent() && !l.isRenewedWithin(withinNs));
        add(wrongs, "an alarm through a lapsed certificate without a flag", l -> l.before(false) > 0);
        add(wrongs, "still flagged after the limit", l -> l.after(withinNs, true) > 0);
        expected.firstPress()
                .ifPresent(limit -> add(
                        wrongs,
                        "first press not in every ledger in time",
                        l -> isPressedWithin(l, limit) && !isFiledWithin(l, limit)));
        expected.firstPress()
                .ifPresent(limit -> add(
                        wrongs,
                        "first press not flagged in every ledger that has it",
                        l -> isFiledWithin(l, limit) && !l.first().orElseThrow().flagged()));
        return wrongs;
    }

    private void add(List<String> wrongs, String what, Predicate<Lapse> wrong) {
        List<String> devices =
                lapses.stream().filter(wrong).map(Lapse::device).distinct().toList();
        if (!devices.isEmpty()) {
            wrongs.add(what + ": " + devices.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
                    + (devices.size() > MAX_NAMED ? " and " + (devices.size() - MAX_NAMED) + " more" : ""));
        }
    }

    /** Nothing was wrong; but without these alarms nothing could have been seen to be. */
    private Optional<String> unseen() {
        if (lapses.stream().allMatch(l -> l.before(true) == 0)) {
            return Optional.of("nobody pressed before a renewal");
        }
        if (lapses.stream().anyMatch(l -> l.after(withinNs, false) == 0)) {
            return Optional.of("each of them has to send an alarm after the limit, too");
        }
        return expected.firstPress()
                .filter(limit -> lapses.stream().noneMatch(l -> isPressedWithin(l, limit)))
                .map(limit -> "nobody pressed within " + seconds(limit) + " s of the power");
    }

    private static boolean isPressedWithin(Lapse l, Duration limit) {
        return l.returned()
                && l.first()
                        .filter(p -> p.atNs() - l.sinceNs() <= limit.toNanos())
                        .isPresent();
    }

    private static boolean isFiledWithin(Lapse l, Duration limit) {
        return l.first().stream()
                .flatMapToLong(p -> p.filedNs().stream())
                .anyMatch(filedNs -> filedNs - l.sinceNs() <= limit.toNanos());
    }

    private static String seconds(Duration duration) {
        return Judge.plain(duration.toNanos() / 1e9);
    }

    private Outcome outcome(Verdict verdict, String detail) {
        return new Outcome(expected.id(), verdict, detail);
    }
}
