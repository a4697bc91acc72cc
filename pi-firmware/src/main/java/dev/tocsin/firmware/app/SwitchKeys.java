package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.LoopBands;
import dev.tocsin.sdk.detect.SwitchGuard;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a {@code switch}.
 *
 * @param settings what it tells
 * @param isLoop whether it is a supervised loop, read in volts; otherwise a contact of the board
 * @param scale what its sensor's values are multiplied with
 * @param release the board's contact that lets a gate be opened: a card reader, a button inside
 * @param releaseFor and for how long after it was last active
 */
record SwitchKeys(
        SwitchGuard.Settings settings, boolean isLoop, double scale, Optional<String> release, Duration releaseFor) {

    /** What a switch is for. */
    enum Purpose {
        GATE,
        PERIMETER,
        FIRE,
        GAS,
        TAMPER
    }

    /** How its contact moves in alarm. */
    enum Wiring {
        /** A contact of the board: neither a cut nor a short can be told. */
        CONTACT,
        /** A loop with two resistors, whose contact opens in alarm. */
        OPENING,
        /** A loop with two resistors, whose contact closes in alarm. */
        CLOSING
    }

    static final double SUPPLY_V = 3.3;
    private static final double END_OHM = 5_600;

    /** Rest and alarm lie eight times as far apart: 4 % of the supply are 0.13 V of 3.3, or four steps of eight bits each way. */
    private static final double LEAST_MARGIN = 0.005;

    private static final List<String> RESISTORS = List.of("supply", "pull-up", "end-of-line", "across-contact");

    private static final Duration RELEASE_FOR = Duration.ofSeconds(30);
    private static final Duration OPEN_FOR = Duration.ofMinutes(2);

    /** Empty if it has noted a problem. */
    static Optional<SwitchKeys> read(TomlTable t, Set<String> contacts) {
        Optional<Purpose> purpose = t.choice("kind", Purpose.class);
        Wiring wiring = t.choice("wiring", Wiring.class, Wiring.CONTACT);
        double supplyV = t.optionalNumber("supply").orElse(SUPPLY_V);
        double pullUpOhm = t.optionalNumber("pull-up").orElse(END_OHM);
        double endOhm = t.optionalNumber("end-of-line").orElse(END_OHM);
        double alarmOhm = t.optionalNumber("across-contact").orElse(END_OHM);
        Duration openFor = t.duration("open-for", OPEN_FOR, Duration.ZERO, Duration.ofHours(24));
        Optional<String> release = ContactKeys.read(t, "release", contacts);
        Duration releaseFor = t.duration("release-for", RELEASE_FOR, Duration.ofSeconds(1), Duration.ofHours(1));
        if (release.isPresent() && purpose.filter(p -> p != Purpose.GATE).isPresent()) {
            t.problem("release", "only a gate can be released", "kind = \"gate\", or no release");
            return Optional.empty();
        }
        if (wiring == Wiring.CONTACT && refusesAll(t, RESISTORS, "a contact of the board has no resistors")) {
            return Optional.empty();
        }
        if (purpose.filter(p -> p != Purpose.GATE).isPresent()
                && refusesAll(t, List.of("open-for"), "only a gate may stay open for a while")) {
            return Optional.empty();
        }
        try {
            if (!(supplyV > 0)) {
                throw new IllegalArgumentException("supply is " + supplyV + " V; it must be above 0");
            }
            LoopBands bands = switch (wiring) {
                case CONTACT -> LoopBands.CONTACT;
                case OPENING -> LoopBands.opening(pullUpOhm, endOhm, alarmOhm);
                case CLOSING -> LoopBands.closing(pullUpOhm, endOhm, alarmOhm);
            };
            if (wiring != Wiring.CONTACT && !(bands.marginRatio() >= LEAST_MARGIN)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "across-contact is %s ohm: rest and alarm are %.2f %% of the supply apart; it must be %.0f %% or more",
                        alarmOhm,
                        bands.marginRatio() * 800,
                        LEAST_MARGIN * 800));
            }
            return purpose.map(p -> new SwitchKeys(
                    switch (p) {
                        case GATE -> gate(bands, openFor, release.isPresent());
                        case PERIMETER -> SwitchGuard.Settings.perimeter(bands);
                        case FIRE -> SwitchGuard.Settings.smoke(bands);
                        case GAS -> SwitchGuard.Settings.gas(bands);
                        case TAMPER -> SwitchGuard.Settings.tamper(bands);
                    },
                    wiring != Wiring.CONTACT,
                    wiring == Wiring.CONTACT ? 1 : 1 / supplyV,
                    release,
                    releaseFor));
        } catch (IllegalArgumentException e) {
            String what = String.valueOf(e.getMessage());
            t.problem(SettingKeys.keyOf(t, what), what, "ohms, and volts of the supply");
            return Optional.empty();
        }
    }

    /** A key that would change nothing is a misunderstanding. */
    private static boolean refusesAll(TomlTable t, List<String> keys, String why) {
        List<String> there = keys.stream().filter(t::has).toList();
        there.forEach(key -> t.problem(key, why, key.equals("open-for") ? "kind = \"gate\"" : "wiring = \"opening\""));
        return !there.isEmpty();
    }

    /** Where nobody says who may open it, opening alone is no alarm. */
    private static SwitchGuard.Settings gate(LoopBands bands, Duration openFor, boolean isReleaseWatched) {
        SwitchGuard.Settings usual = SwitchGuard.Settings.gate(bands, openFor);
        return new SwitchGuard.Settings(
                usual.kind(),
                bands,
                usual.dwell(),
                usual.restore(),
                openFor,
                isReleaseWatched,
                usual.isCutTamper(),
                usual.cutFor());
    }
}
