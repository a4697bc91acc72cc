package dev.tocsin.sdk.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What no device could work with is refused when it is configured, not when someone presses. */
class SettingsTest {

    private static CentreLink centre(String id, int addresses) {
        return CentreLink.ofAllKinds(
                id, Collections.nCopies(addresses, "coaps://" + id), List.of(TestKeys.verifier(id)), true);
    }

    private static Settings settings(
            String device, List<String> cameras, List<CentreLink> centres, Duration heartbeat) {
        return new Settings(device, Place.UNKNOWN, cameras, centres, heartbeat, Limits.DEFAULT, "test");
    }

    @Test
    void the_most_of_everything_is_accepted_and_one_more_is_not() {
        List<CentreLink> most = IntStream.range(0, Settings.MAX_CENTRES)
                .mapToObj(i -> centre("centre-" + i, CentreLink.MAX_ADDRESSES))
                .toList();
        List<String> cameras = Collections.nCopies(Alarm.MAX_CAMERAS, "camera");
        assertThat(settings("d", cameras, most, Duration.ofDays(1)).centres()).hasSize(8);

        List<CentreLink> tooMany = IntStream.range(0, Settings.MAX_CENTRES + 1)
                .mapToObj(i -> centre("centre-" + i, 1))
                .toList();
        assertThatThrownBy(() -> settings("d", cameras, tooMany, Duration.ofSeconds(60)))
                .hasMessageContaining("1 to 8 centres");
        assertThatThrownBy(() -> settings("d", cameras, List.of(), Duration.ofSeconds(60)))
                .hasMessageContaining("1 to 8 centres");
        assertThatThrownBy(() -> centre("c", CentreLink.MAX_ADDRESSES + 1)).hasMessageContaining("1 to 4 addresses");
        assertThatThrownBy(() -> centre("c", 0)).hasMessageContaining("1 to 4 addresses");
        List<String> tooManyCameras = Collections.nCopies(Alarm.MAX_CAMERAS + 1, "camera");
        assertThatThrownBy(() -> settings("d", tooManyCameras, most, Duration.ofSeconds(60)))
                .hasMessageContaining("cameras");
    }

    @Test
    void names_and_periods_that_make_no_sense_are_refused() {
        List<CentreLink> one = List.of(centre("police", 1));
        assertThatThrownBy(() -> settings("no id", List.of(), one, Duration.ofSeconds(60)))
                .hasMessageContaining("not a device id");
        assertThatThrownBy(
                        () -> settings("d", List.of(), List.of(centre("c", 1), centre("c", 1)), Duration.ofSeconds(60)))
                .hasMessageContaining("two centres of one name");
        assertThatThrownBy(() -> settings("d", List.of(), one, Duration.ofMillis(999)))
                .hasMessageContaining("heartbeat");
        assertThatThrownBy(
                        () -> settings("d", List.of(), one, Duration.ofDays(1).plusMillis(1)))
                .hasMessageContaining("heartbeat");
        assertThatThrownBy(() -> centre("no centre", 1)).hasMessageContaining("not a centre's id");
        assertThatThrownBy(() -> new CentreLink("c", List.of("coaps://c"), List.of(), Set.of(), Set.of()))
                .hasMessageContaining("at least one key");
    }
}
