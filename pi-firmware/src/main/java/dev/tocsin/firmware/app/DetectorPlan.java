package dev.tocsin.firmware.app;

import dev.tocsin.sdk.config.TomlTable;
import dev.tocsin.sdk.detect.ChannelMap;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.model.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Puts a detector onto those channels of its sensor that have its units. */
final class DetectorPlan {

    /**
     * A detector behind its gate.
     *
     * @param beside what listens to other sensors for it
     */
    record Made(Detector gated, BesideSensors.Listeners beside) {
        Made(Detector gated) {
            this(gated, new BesideSensors.Listeners());
        }
    }

    private DetectorPlan() {}

    static Optional<Function<Findings, ? extends Detector>> of(
            TomlTable t, List<Channel> channels, List<String> units, Supplier<Function<Findings, Made>> plan) {
        return of(t, channels, units, 1, 0, plan);
    }

    /**
     * What makes it; empty if a problem is noted.
     *
     * @param channels the sensor's; empty where it is not known
     * @param scale what values are multiplied with, and {@code offset} added to them
     * @param plan throws {@link IllegalArgumentException} where settings are out of their ranges, and
     *     {@link NoSuchElementException} where one is missing and noted
     */
    static Optional<Function<Findings, ? extends Detector>> of(
            TomlTable t,
            List<Channel> channels,
            List<String> units,
            double scale,
            double offset,
            Supplier<Function<Findings, Made>> plan) {
        try {
            Function<Findings, Made> making = plan.get();
            return inputs(t, "sensor", "channel", channels, units, scale, offset)
                    .map(in -> findings -> {
                        Made made = making.apply(findings);
                        return new BesideSensors(new ChannelMap(in, made.gated()), made.beside());
                    });
        } catch (IllegalArgumentException e) {
            String what = String.valueOf(e.getMessage());
            t.problem(SettingKeys.keyOf(t, what), what, "see docs/detectors for the ranges");
            t.skip("channel");
            return Optional.empty();
        } catch (NoSuchElementException e) {
            t.skip("channel");
            return Optional.empty();
        }
    }

    /** One channel of another sensor; empty if there is none such, and a problem is noted. */
    static Optional<Integer> beside(
            TomlTable t, String sensorKey, String channelKey, List<Channel> channels, String unit) {
        return inputs(t, sensorKey, channelKey, channels, List.of(unit), 1, 0)
                .map(in -> in.get(0).channel());
    }

    /** For each unit the next channel that has it; {@code channelKey} names the first where there is a choice. */
    private static Optional<List<ChannelMap.Input>> inputs(
            TomlTable t,
            String sensorKey,
            String channelKey,
            List<Channel> channels,
            List<String> units,
            double scale,
            double offset) {
        Optional<String> named = t.optionalString(channelKey);
        if (channels.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = channels.stream().map(Channel::name).toList();
        if (named.isPresent() && !names.contains(named.get())) {
            t.problem(channelKey, "the sensor has no channel " + named.get(), TomlTable.hintFor(named.get(), names));
            return Optional.empty();
        }
        List<ChannelMap.Input> inputs = new ArrayList<>();
        boolean[] taken = new boolean[channels.size()];
        for (String unit : units) {
            int from = named.isPresent() && inputs.isEmpty() ? names.indexOf(named.get()) : 0;
            int found = -1;
            for (int i = from; i < channels.size() && found < 0; i++) {
                found = !taken[i] && channels.get(i).unit().equals(unit) ? i : -1;
            }
            if (found < 0) {
                t.problem(
                        sensorKey,
                        "the detector wants " + String.join(", ", units) + ", and the sensor has "
                                + String.join(
                                        ", ",
                                        channels.stream()
                                                .map(c -> c.name() + " in " + c.unit())
                                                .toList()),
                        "another sensor, or " + channelKey + " = the first that it is to use");
                return Optional.empty();
            }
            taken[found] = true;
            inputs.add(new ChannelMap.Input(found, scale, offset));
        }
        return Optional.of(inputs);
    }
}
