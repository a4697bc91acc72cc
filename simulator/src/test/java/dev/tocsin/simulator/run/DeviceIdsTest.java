package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.scenario.DeviceKind;
import dev.tocsin.simulator.scenario.Fleet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeviceIdsTest {

    private static final Fleet.Mix MIXED = new Fleet.Mix(new TreeMap<>(Map.of(
            DeviceKind.BUTTON, 0.6,
            DeviceKind.FALL, 0.2,
            DeviceKind.EDGE, 0.1,
            DeviceKind.WATER, 0.05,
            DeviceKind.LEVEL, 0.05)));

    private static List<String> ids(long seed, Fleet.Mix mix) {
        return DeviceIds.of(new Fleet.Schools(10, 10, 10, mix), new Seeds(seed));
    }

    @Test
    void a_mix_is_dealt_out_as_its_parts_say_whatever_the_seed() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(ids(seed, MIXED).stream().collect(Collectors.groupingBy(DeviceKind::of, Collectors.counting())))
                    .isEqualTo(Map.of(
                            DeviceKind.BUTTON, 60L,
                            DeviceKind.FALL, 20L,
                            DeviceKind.EDGE, 10L,
                            DeviceKind.WATER, 5L,
                            DeviceKind.LEVEL, 5L));
        }
        assertThat(ids(1, MIXED)).isEqualTo(ids(1, MIXED)).isNotEqualTo(ids(2, MIXED));
    }

    @Test
    void each_kind_counts_by_itself_in_each_school() {
        List<String> ids = ids(3, MIXED);
        assertThat(ids).doesNotHaveDuplicates().hasSize(100);
        Map<String, List<Integer>> numbers = ids.stream()
                .collect(Collectors.groupingBy(
                        id -> id.substring(0, id.lastIndexOf('-')),
                        Collectors.mapping(
                                id -> Integer.valueOf(id.substring(id.lastIndexOf('-') + 1)), Collectors.toList())));
        assertThat(numbers.values()).allSatisfy(list -> {
            for (int i = 0; i < list.size(); i++) {
                assertThat(list.get(i)).isEqualTo(i + 1);
            }
        });
    }

    @Test
    void without_a_mix_there_are_buttons() {
        assertThat(ids(1, Fleet.Mix.BUTTONS))
                .startsWith("school-001/button-1", "school-001/button-2")
                .endsWith("school-010/button-10");
    }
}
