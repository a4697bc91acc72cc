package dev.tocsin.simulator.run;

import dev.tocsin.simulator.scenario.DeviceKind;
import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Names the devices of a fleet. */
public final class DeviceIds {

    private DeviceIds() {}

    /** The ids of a scenario's devices, school by school. */
    public static List<String> of(Scenario scenario) {
        return of(scenario.fleet().devices(), new Seeds(scenario.run().seed()));
    }

    /** All ids, school by school. */
    static List<String> of(Fleet.Devices devices, Seeds seeds) {
        return switch (devices) {
            case Fleet.Named named -> named.ids();
            case Fleet.Schools schools -> {
                List<Integer> places = new ArrayList<>();
                for (int school = 1; school <= schools.count(); school++) {
                    int count = schools.least() == schools.most()
                            ? schools.most()
                            : seeds.stream("fleet/" + school(school)).nextInt(schools.least(), schools.most() + 1);
                    for (int i = 0; i < count; i++) {
                        places.add(school);
                    }
                }
                yield named(places, schools.mix(), seeds);
            }
            case Fleet.Total total ->
                named(
                        IntStream.range(0, total.total())
                                .mapToObj(i -> i / total.perSchool() + 1)
                                .toList(),
                        total.mix(),
                        seeds);
        };
    }

    /** Names so many devices, each by its school, its kind and its number among those. */
    private static List<String> named(List<Integer> schools, Fleet.Mix mix, Seeds seeds) {
        List<DeviceKind> kinds = kinds(schools.size(), mix, seeds);
        List<String> ids = new ArrayList<>();
        Map<DeviceKind, Integer> numbers = new EnumMap<>(DeviceKind.class);
        for (int i = 0; i < schools.size(); i++) {
            int school = schools.get(i);
            if (i > 0 && schools.get(i - 1) != school) {
                numbers.clear();
            }
            DeviceKind kind = kinds.get(i);
            ids.add(school(school) + "/" + kind.word() + "-" + numbers.merge(kind, 1, Integer::sum));
        }
        return List.copyOf(ids);
    }

    /** As many of each kind as its part says, what is left over to the largest remainders; dealt out by the seed. */
    private static List<DeviceKind> kinds(int count, Fleet.Mix mix, Seeds seeds) {
        List<DeviceKind> kinds = new ArrayList<>();
        List<DeviceKind> byRemainder = new ArrayList<>(mix.parts().keySet());
        byRemainder.sort(Comparator.comparingDouble(k -> -remainder(mix.parts().getOrDefault(k, 0.0) * count)));
        mix.parts().forEach((kind, part) -> {
            for (int i = 0; i < (int) Math.floor(part * count); i++) {
                kinds.add(kind);
            }
        });
        for (int i = 0; kinds.size() < count; i++) {
            kinds.add(byRemainder.get(i % byRemainder.size()));
        }
        if (!mix.isButtonsOnly()) {
            SplittableRandom random = seeds.stream("mix");
            for (int i = count - 1; i > 0; i--) { // Fisher and Yates
                int other = random.nextInt(i + 1);
                DeviceKind kind = kinds.get(i);
                kinds.set(i, kinds.get(other));
                kinds.set(other, kind);
            }
        }
        return kinds;
    }

    private static double remainder(double value) {
        return value - Math.floor(value);
    }

    private static String school(int number) {
        return String.format("school-%03d", number);
    }
}
