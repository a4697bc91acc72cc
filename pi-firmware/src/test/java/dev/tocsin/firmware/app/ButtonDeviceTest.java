package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.firmware.board.Annunciator;
import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.Output;
import dev.tocsin.firmware.board.Pi4jBoard;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Indication;
import java.io.IOException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a desk board, a real disk and a network where nobody answers: what a button must do all by itself. */
class ButtonDeviceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder = Path.of("");

    private final Map<AlarmId, AlarmStatus> alarms = new ConcurrentHashMap<>();
    private TocsinRuntime runtime = newRuntime();
    private Pi4jBoard.Desk desk = newDesk();
    private ButtonDevice button = unopened();

    @BeforeEach
    void open() throws IOException, InvalidKeyException {
        TestConfigs.write(folder, "audible", "journal");
        button = openButton();
    }

    @AfterEach
    void close() throws IOException {
        button.close();
        runtime.close();
    }

    @Test
    void a_press_is_kept_and_shown_while_there_is_no_network() {
        press();

        await().atMost(SOON).untilAsserted(() -> assertThat(states()).containsExactly(AlarmState.RAISED));
        await().atMost(SOON).until(() -> only().keptNs().isPresent());
        assertThat(only().isReceivedByAny()).isFalse();
        assertThat(button.device().indication()).isEqualTo(Indication.RAISED);
        await().atMost(SOON).until(() -> desk.controls().isOn(Annunciator.LAMP));
    }

    @Test
    void a_second_press_updates_the_alarm_that_is_latched() {
        press();
        release();
        press();

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(states()).containsExactlyInAnyOrder(AlarmState.RAISED, AlarmState.UPDATED));
    }

    @Test
    void the_key_ends_the_latched_alarm_and_the_next_press_is_a_new_one() {
        press();
        release();
        turnKey();
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(states()).containsExactlyInAnyOrder(AlarmState.RAISED, AlarmState.RESTORED));
        press();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(states())
                        .containsExactlyInAnyOrder(AlarmState.RAISED, AlarmState.RESTORED, AlarmState.RAISED));
    }

    @Test
    void the_latch_survives_a_restart() throws IOException {
        press();
        await().atMost(SOON).until(() -> alarms.size() == 1 && only().keptNs().isPresent());

        restart(false);

        await().atMost(SOON).until(() -> button.device().indication() == Indication.RAISED);
        press();
        await().atMost(SOON).untilAsserted(() -> assertThat(states()).contains(AlarmState.UPDATED));
    }

    @Test
    void a_key_left_turned_over_a_power_cut_does_not_end_the_alarm() throws IOException {
        press();
        await().atMost(SOON).until(() -> alarms.size() == 1 && only().keptNs().isPresent());

        restart(true);
        await().atMost(SOON).until(() -> button.device().indication() == Indication.RAISED);
        press();

        await().atMost(SOON).untilAsserted(() -> assertThat(states()).contains(AlarmState.UPDATED));
        assertThat(states()).doesNotContain(AlarmState.RESTORED);
    }

    @Test
    void the_silent_profile_never_sounds_and_never_shows_red() throws IOException, InvalidKeyException {
        button.close();
        TestConfigs.write(folder, "silent", "journal");
        restart(false);
        press();

        await().atMost(SOON).until(() -> button.device().indication() == Indication.RAISED);
        await().atMost(SOON).until(() -> !desk.controls().isOn(Annunciator.READY)); // it winks
        assertThat(desk.controls().isOn(Annunciator.LAMP)).isFalse();
        assertThat(desk.controls().isOn(Annunciator.BUZZER)).isFalse();
    }

    @Test
    void a_board_without_a_panic_contact_is_no_button() {
        BoardProfile whole = desk.board().profile();
        BoardProfile without = new BoardProfile(
                "no-panic",
                whole.title(),
                whole.model(),
                whole.buses(),
                Map.of("reset", Objects.requireNonNull(whole.inputs().get("reset"))),
                whole.outputs());
        FirmwareConfig config =
                FirmwareConfig.load(folder.resolve("device.toml")).orThrow();
        Board board =
                Pi4jBoard.onDesk(without, runtime.clock()::nanoTime, runtime).board();

        assertThatThrownBy(() -> ButtonDevice.open(config, board, runtime))
                .isInstanceOf(IOException.class)
                .hasMessage("board profile no-panic has no input panic: it is no button's");
        board.close();
    }

    @Test
    void an_input_that_cannot_be_bound_is_a_fault_and_the_lamp_never_says_armed() throws IOException {
        button.close();
        alarms.clear();
        desk = newDesk();
        await().atMost(SOON).ignoreExceptions().until(() -> {
            button = openButton(new DeafBoard(desk.board()));
            return true;
        });

        await().atMost(SOON).until(() -> button.device().indication() == Indication.FAULT);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(alarms.values()).anySatisfy(status -> {
                    assertThat(status.alarm().kind()).isEqualTo(AlarmKind.FAULT);
                    assertThat(status.alarm().text())
                            .contains("not all inputs and lamps are connected: line 17 is busy");
                }));
    }

    /** A board whose inputs cannot be followed. */
    private record DeafBoard(Board real) implements Board {
        @Override
        public BoardProfile profile() {
            return real.profile();
        }

        @Override
        public void onEdge(String input, EdgeListener listener) {
            throw new IllegalStateException("line 17 is busy");
        }

        @Override
        public boolean isActive(String input) {
            return real.isActive(input);
        }

        @Override
        public Output output(String name) {
            return real.output(name);
        }

        @Override
        public Duration recheck() {
            return real.recheck();
        }

        @Override
        public void onTrouble(Consumer<String> listener) {
            real.onTrouble(listener);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    private void press() {
        await().atMost(SOON).until(() -> button.device().armed().isDone());
        int before = alarms.size();
        desk.controls().set(ButtonDevice.PANIC, true);
        await().atMost(SOON).until(() -> alarms.size() > before);
    }

    /** Longer than the debouncer's release time; an open contact gives no other sign of having been noticed. */
    private void release() {
        desk.controls().set(ButtonDevice.PANIC, false);
        await().pollDelay(Duration.ofMillis(150)).until(() -> true);
    }

    private void turnKey() {
        desk.controls().set(ButtonDevice.RESET, true);
    }

    private void restart(boolean keyTurned) throws IOException {
        button.close();
        alarms.clear();
        desk = newDesk();
        desk.controls().set(ButtonDevice.RESET, keyTurned);
        await().atMost(SOON).ignoreExceptions().until(() -> {
            button = openButton(); // refused while the old one still holds the journal's lock
            return true;
        });
    }

    private ButtonDevice openButton() throws IOException {
        return openButton(desk.board());
    }

    private ButtonDevice openButton(Board board) throws IOException {
        FirmwareConfig config =
                FirmwareConfig.load(folder.resolve("device.toml")).orThrow();
        ButtonDevice opened = ButtonDevice.open(config, board, runtime);
        opened.device().onAlarm(status -> alarms.put(status.alarm().id(), status));
        return opened;
    }

    private AlarmStatus only() {
        return alarms.values().iterator().next();
    }

    private Collection<AlarmState> states() {
        return alarms.values().stream().map(s -> s.alarm().state()).toList();
    }

    private Pi4jBoard.Desk newDesk() {
        return Pi4jBoard.onDesk(BoardProfiles.builtIn("wall-button").orThrow(), runtime.clock()::nanoTime, runtime);
    }

    private static TocsinRuntime newRuntime() {
        try {
            return TocsinRuntime.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // set before each test
    private static ButtonDevice unopened() {
        return null;
    }
}
