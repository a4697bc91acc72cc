package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.firmware.board.Annunciator.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PatternTest {

    @ParameterizedTest
    @EnumSource(Profile.class)
    void no_two_things_look_alike(Profile profile) {
        List<String> lamps = Stream.of(Show.values())
                .map(show -> Pattern.of(profile, show))
                .map(pattern -> seconds(pattern.lamp()) + "/" + seconds(pattern.ready()))
                .toList();
        assertThat(lamps).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void no_lamp_flashes_more_than_three_times_in_a_second(Profile profile) {
        assertThat(Stream.of(Show.values()).map(show -> Pattern.of(profile, show)))
                .flatMap(pattern -> List.of(pattern.lamp(), pattern.ready()))
                .allSatisfy(track -> {
                    for (int from = 0; from < 40; from++) {
                        long flashes = 0;
                        for (int beat = from + 1; beat < from + 10; beat++) {
                            flashes += track.isOn(beat) && !track.isOn(beat - 1) ? 1 : 0;
                        }
                        assertThat(flashes).isLessThanOrEqualTo(3);
                    }
                });
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void the_documented_table_is_the_one_that_is_played(Profile profile) throws Exception {
        String source = Files.readString(Path.of("src/main/java/dev/tocsin/firmware/board/Annunciator.java"));
        String caption = "<caption>" + (profile == Profile.AUDIBLE ? "Audible" : "Silent") + "</caption>";
        String table = source.substring(source.indexOf(caption), source.indexOf("</table>", source.indexOf(caption)));
        for (Show show : Show.values()) {
            int start = table.indexOf("<td>" + show + "</td>");
            assertThat(start).as("%s in the table", show).isPositive();
            String row = table.substring(start, table.indexOf("</tr>", start));
            Pattern pattern = Pattern.of(profile, show);
            Stream.of(pattern.lamp(), pattern.ready(), pattern.buzzer())
                    .filter(track -> track.beats().length() > 1)
                    .forEach(track -> assertThat(row).contains("{@code " + track.beats() + "}"));
        }
    }

    @Test
    void a_track_says_when_it_changes_next() {
        assertThat(Track.loop("##..").nextChange(0)).isEqualTo(2);
        assertThat(Track.loop("##..").nextChange(3)).isEqualTo(4);
        assertThat(Track.once("##").nextChange(1)).isEqualTo(2);
        assertThat(Track.once("##").nextChange(2)).isEqualTo(Long.MAX_VALUE);
        assertThat(Track.ON.nextChange(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void beats_are_hashes_and_dots() {
        assertThatThrownBy(() -> Track.loop("##_#")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Track.once("")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String seconds(Track track) {
        StringBuilder beats = new StringBuilder();
        for (int beat = 0; beat < 40; beat++) {
            beats.append(track.isOn(beat) ? '#' : '.');
        }
        return beats.toString();
    }
}
