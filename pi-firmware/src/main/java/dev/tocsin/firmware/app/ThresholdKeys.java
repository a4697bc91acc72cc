package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.ChannelMap;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.detect.SampleGate;
import dev.tocsin.sdk.detect.SensorLimits;
import dev.tocsin.sdk.detect.Threshold;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys of a {@code threshold}: one channel above or below a limit. Its gate lets through what is finite, and within what the
 * sensor can say where the keys tell it; silence is a fault.
 */
final class ThresholdKeys {

    private static final Duration SILENCE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);

    private ThresholdKeys() {}

    /** What makes it; empty if it has noted a problem. */
    static Optional<Function<Findings, ? extends Detector>> read(TomlTable t, List<Channel> channels) {
        Optional<AlarmKind> kind = t.choice("kind", AlarmKind.class);
        if (kind.filter(k -> k == AlarmKind.PANIC || k == AlarmKind.FAULT).isPresent()) {
            t.problem(
                    "kind",
                    "kind = \"" + t.string("kind") + "\" is not a detector's",
                    "panic is for a button, fault for what is wrong with the device");
            kind = Optional.empty();
        }
        int channel = channel(t, channels);
        Threshold.Side side = t.choice("side", Threshold.Side.class, Threshold.Side.ABOVE);
        Optional<Double> limit = t.optionalNumber("limit");
        double hysteresis = t.optionalNumber("hysteresis").orElse(0.0);
        Duration holds = t.duration("holds", Duration.ofMillis(500), Duration.ZERO, LONGEST);
        Duration restores = t.duration("restores", Duration.ofSeconds(2), Duration.ZERO, LONGEST);
        double lowest = t.optionalNumber("lowest").orElse(-Double.MAX_VALUE);
        double highest = t.optionalNumber("highest").orElse(Double.MAX_VALUE);
        Duration silence = t.duration("silent-after", SILENCE, Duration.ofSeconds(1), Duration.ofDays(7));
        if (limit.isEmpty() && !t.has("limit")) {
            t.problem(
                    "limit", "a threshold has a limit", "for example limit = 1 where a contact counts when it closes");
        }
        if (kind.isEmpty() || limit.isEmpty() || channel < 0) {
            return Optional.empty();
        }
        try {
            Threshold.Settings settings =
                    new Threshold.Settings(kind.get(), side, limit.get(), hysteresis, holds, restores);
            SettingKeys.requireWithin("limit", limit.get(), lowest, highest);
            SensorLimits limits = limits(lowest, highest, silence);
            String unit = channels.get(channel).unit();
            return Optional.of(findings -> {
                Threshold threshold = new Threshold(settings, 0, unit.equals("1") ? "" : unit, findings);
                return new ChannelMap(
                        List.of(new ChannelMap.Input(channel)), new SampleGate(limits, threshold, findings));
            });
        } catch (IllegalArgumentException e) {
            String what = String.valueOf(e.getMessage());
            t.problem(what.startsWith("highest") ? SettingKeys.keyOf(t, what) : "limit", what, "numbers");
            return Optional.empty();
        }
    }

    private static SensorLimits limits(double lowest, double highest, Duration silence) {
        // a contact or a converter of few bits repeats itself by right, and any step may be real
        SensorLimits.Channel any =
                new SensorLimits.Channel(lowest, highest, Duration.ZERO, Double.POSITIVE_INFINITY, false);
        return new SensorLimits(List.of(any), silence, silence, 0.5, silence.multipliedBy(2));
    }

    /** Which channel a detector of one looks at; negative if that is not known. */
    private static int channel(TomlTable t, List<Channel> channels) {
        List<String> names = channels.stream().map(Channel::name).toList();
        Optional<String> name = t.optionalString("channel");
        if (channels.isEmpty()) {
            return -1;
        }
        if (name.isEmpty() && channels.size() > 1) {
            t.problem(
                    "channel", "the sensor has " + channels.size() + " channels", "one of " + String.join(", ", names));
            return -1;
        }
        int channel = name.map(names::indexOf).orElse(0);
        if (channel < 0) {
            t.problem(
                    "channel",
                    "the sensor has no channel " + name.orElse(""),
                    TomlTable.hintFor(name.orElse(""), names));
        }
        return channel;
    }
}
