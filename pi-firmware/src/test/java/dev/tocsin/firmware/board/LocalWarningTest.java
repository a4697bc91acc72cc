package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalWarningTest {

    private final HandTimers timers = new HandTimers();
    private final Pi4jBoard.Desk desk = Pi4jBoard.onDesk(profile(), timers, timers);
    private final LocalWarning warning = new LocalWarning(desk.board(), timers, Duration.ofSeconds(30));

    static BoardProfile profile() {
        BoardProfile button = TestProfiles.wallButton();
        Map<String, Pin> outputs = new LinkedHashMap<>(button.outputs());
        outputs.put(
                "warning", new Pin("warning", 25, 22, Pin.Direction.OUTPUT, Pin.Pull.NONE, false, false, Part.DRIVER));
        outputs.put(
                "beacon", new Pin("beacon", 12, 32, Pin.Direction.OUTPUT, Pin.Pull.NONE, false, false, Part.DRIVER));
        return new BoardProfile("post", "Post", button.model(), button.buses(), button.inputs(), outputs);
    }

    private boolean isOn() {
        return desk.controls().isOn(LocalWarning.WARNING);
    }

    @Test
    void it_is_on_within_the_call_and_off_when_the_last_cause_is_over() {
        assertThat(isOn()).isFalse();
        warning.warn("rail");
        assertThat(isOn()).isTrue();
        assertThat(desk.controls().isOn(LocalWarning.BEACON)).isTrue();
        warning.warn("shore");
        warning.over("rail");
        assertThat(isOn()).isTrue();
        warning.over("shore");
        assertThat(isOn()).isFalse();
        assertThat(desk.controls().isOn(LocalWarning.BEACON)).isFalse();
    }

    @Test
    void it_ends_by_itself_and_a_worse_turn_begins_it_again() {
        warning.warn("rail");
        timers.advance(Duration.ofSeconds(29));
        warning.warn("rail");
        timers.advance(Duration.ofSeconds(29));
        assertThat(isOn()).as("its time runs from the last cause").isTrue();
        timers.advance(Duration.ofSeconds(2));
        assertThat(isOn()).isFalse();
        assertThat(desk.controls().isOn(LocalWarning.BEACON)).isFalse();
        warning.warn("rail");
        assertThat(isOn()).isTrue();
        warning.over("rail");
        assertThat(isOn()).isFalse();
    }

    @Test
    void the_beacon_flashes_once_a_second() {
        warning.warn("rail");
        int changes = 0;
        boolean before = true;
        for (int i = 0; i < 200; i++) {
            timers.advance(Duration.ofMillis(50));
            boolean now = desk.controls().isOn(LocalWarning.BEACON);
            changes += now == before ? 0 : 1;
            before = now;
        }
        assertThat(changes).isBetween(19, 21);
        assertThat(isOn()).as("the siren does not").isTrue();
    }

    @Test
    void a_closed_one_is_off_and_stays_off() {
        warning.warn("rail");
        warning.close();
        timers.advance(Duration.ofSeconds(60));
        assertThat(isOn()).isFalse();
        assertThat(desk.controls().isOn(LocalWarning.BEACON)).isFalse();
    }

    @Test
    void a_board_without_a_siren_warns_with_what_it_has() {
        Pi4jBoard.Desk bare = Pi4jBoard.onDesk(TestProfiles.wallButton(), timers, timers);
        LocalWarning none = new LocalWarning(bare.board(), timers, Duration.ofSeconds(30));
        none.warn("rail");
        none.over("rail");
        assertThat(bare.controls().isOn("lamp")).isFalse();
    }
}
