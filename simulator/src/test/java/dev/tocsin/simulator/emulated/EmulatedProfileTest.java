package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.Pin;
import dev.tocsin.sdk.config.Loaded;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EmulatedProfileTest {

    private static final int LINES_OF_A_PL061 = 8;

    private static BoardProfile wallButton() {
        if (BoardProfiles.builtIn("wall-button") instanceof Loaded.Ok<BoardProfile>(BoardProfile profile)) {
            return profile;
        }
        throw new AssertionError("wall-button is built in");
    }

    private record Hung(
            String name, Pin.Direction direction, Pin.Pull pull, boolean activeLow, boolean on, Object part) {}

    private static List<Hung> hung(BoardProfile profile) {
        return profile.pins().stream()
                .map(p -> new Hung(p.name(), p.direction(), p.pull(), p.activeLow(), p.initiallyOn(), p.part()))
                .toList();
    }

    @Test
    void it_is_the_wall_button_on_other_lines() {
        assertThat(hung(EmulatedBoard.profile())).isEqualTo(hung(wallButton()));
    }

    @Test
    void its_lines_are_those_that_the_emulated_chip_has() {
        assertThat(EmulatedBoard.profile().pins()).allMatch(pin -> pin.bcm() < LINES_OF_A_PL061);
    }

    @Test
    void the_view_has_a_line_a_part_with_its_pin_and_how_it_stands() {
        Map<String, Boolean> now = Map.of("panic", true, "lamp", true);
        assertThat(LineView.rows(
                        EmulatedBoard.profile(),
                        name -> now.getOrDefault(name, false),
                        name -> now.getOrDefault(name, false)))
                .hasSize(5)
                .anyMatch(row -> row.matches("panic +pin 7 +GPIO4 +button +● closed"))
                .anyMatch(row -> row.matches("reset +pin 29 +GPIO5 +key +○ open"))
                .anyMatch(row -> row.matches("lamp +pin 31 +GPIO6 +red-led +● ON"))
                .anyMatch(row -> row.matches("ready +pin 26 +GPIO7 +green-led +○ off"));
    }
}
