package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Pi4J's mock plugin keeps the contract. */
class DeskBoardTest extends BoardContract {

    @Override
    protected Pi4jBoard.Desk open(BoardProfile profile, LongSupplier nanoTime, Executor loop) {
        return Pi4jBoard.onDesk(profile, nanoTime, loop);
    }

    @Test
    void a_machine_without_gpio_is_told_in_a_sentence() {
        assumeFalse(Files.exists(Path.of("/dev/gpiochip0")), "skipped: this machine has GPIO");
        Pi4jBoard.Opening opening = Pi4jBoard.onPi(TestProfiles.wallButton(), () -> 0, Runnable::run);
        assertThat(opening)
                .isInstanceOfSatisfying(
                        Pi4jBoard.Opening.Failed.class,
                        failed -> assertThat(failed.problem())
                                .startsWith("the GPIO of this machine cannot be used: ")
                                .contains("Raspberry Pi"));
    }

    @Test
    void a_profile_with_problems_is_not_opened() {
        Pin lamp = new Pin("lamp", 99, 1, Pin.Direction.OUTPUT, Pin.Pull.NONE, false, false, Part.RED_LED);
        BoardProfile profile =
                new BoardProfile("x", "An x", "raspberry-pi-4", List.of(), Map.of(), Map.of("lamp", lamp));

        assertThat(Pi4jBoard.onPi(profile, () -> 0, Runnable::run))
                .isEqualTo(new Pi4jBoard.Opening.Failed(
                        "board profile x: lamp is on BCM 99; the 40-pin header has BCM 2 to 27"));
        assertThatThrownBy(() -> Pi4jBoard.onDesk(profile, () -> 0, Runnable::run))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
