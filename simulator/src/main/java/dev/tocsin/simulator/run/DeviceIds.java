package dev.tocsin.simulator.run;

import dev.tocsin.simulator.scenario.Fleet;
import dev.tocsin.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
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
                List<String> ids = new ArrayList<>();
                for (int school = 1; school <= schools.count(); school++) {
                    int count = schools.least() == schools.most()
                            ? schools.most()
                            : seeds.stream("fleet/" + school(school)).nextInt(schools.least(), schools.most() + 1);
                    for (int button = 1; button <= count; button++) {
                        ids.add(id(school, button));
                    }
                }
                yield List.copyOf(ids);
            }
            case Fleet.Total total ->
                IntStream.range(0, total.total())
                        .mapToObj(i -> id(i / total.perSchool() + 1, i % total.perSchool() + 1))
                        .toList();
        };
    }

    private static String id(int school, int button) {
        return school(school) + "/button-" + button;
    }

    private static String school(int number) {
        return String.format("school-%03d", number);
    }
}
