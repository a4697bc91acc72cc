package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SightingsTest {

    private static final long S = 1_000_000_000L;

    private static Happening fall(long fromNs) {
        return new Happening("F", "a", Set.of(AlarmKind.FALL), fromNs, fromNs + 10 * S, false);
    }

    @Test
    void what_nobody_told_is_missed_by_name_and_what_is_excused_is_not_expected() {
        Sightings sightings = Sightings.of(List.of(fall(0), fall(100 * S).excuse()), List.of());
        assertThat(sightings.of(AlarmKind.FALL)).isEqualTo(new Sighting(1, 0, 0));
        assertThat(sightings.sum().missed()).isEqualTo(1);
        assertThat(sightings.missed()).containsExactly("F FALL");
    }

    @Test
    void counties_add_up() {
        Sightings one = Sightings.of(List.of(fall(0)), List.of());
        assertThat(one.plus(Sightings.NONE)).isEqualTo(one);
        assertThat(one.plus(one).of(AlarmKind.FALL)).isEqualTo(new Sighting(2, 0, 0));
        assertThat(Sightings.NONE.isEmpty()).isTrue();
    }
}
