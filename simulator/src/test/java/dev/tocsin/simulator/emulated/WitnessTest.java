package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WitnessTest {

    /** What the package's unit starts; the journal calls the firmware so. */
    private static final String UNIT = unit();

    private static final AlarmId ID = new AlarmId("school-001/button-1", 1, 7, 1);

    private final Witness witness = new Witness(new SystemClock(), line -> {});

    private static String unit() {
        Path unit = Path.of("..", "pi-firmware", "src", "main", "packaging", "tocsin.service");
        try (var lines = Files.lines(unit)) {
            String start =
                    lines.filter(l -> l.startsWith("ExecStart=")).findFirst().orElseThrow();
            return Path.of(start.substring("ExecStart=".length()).split(" ", 2)[0])
                    .getFileName()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void says(String... texts) {
        for (String text : texts) {
            witness.console("[   73.119234] " + UNIT + "[345]: " + text);
        }
    }

    @Test
    void an_alarm_that_was_told_as_kept_has_to_be_in_every_ledger_and_one_received_in_that_centre_s() {
        AlarmId next = new AlarmId("school-001/button-1", 1, 7, 2);
        says("raised " + ID + " LIVE PANIC RAISED", "kept " + ID);
        says("raised " + next + " LIVE PANIC UPDATED", "received " + next + " police");
        assertThat(witness.diary().durableFor("police")).containsExactlyInAnyOrder(ID, next);
        assertThat(witness.diary().durableFor("education")).containsExactly(ID);
        assertThat(witness.diary().undurable(List.of("police", "education"))).isZero();
    }

    @Test
    void what_another_program_says_of_an_alarm_proves_nothing() {
        witness.console("[   73.119234] somebody[345]: kept " + ID);
        witness.console("kept " + ID);
        assertThat(witness.diary().durableFor("police")).isEmpty();
    }

    @Test
    void a_new_life_is_not_armed_before_it_says_so() throws InterruptedException {
        says("armed school-001/button-1");
        assertThat(witness.awaitArmed(Duration.ZERO)).isTrue();
        witness.newLife();
        assertThat(witness.isArmed()).isFalse();
    }

    @Test
    void a_press_is_not_delivered_by_the_words_of_the_board_alone() throws InterruptedException {
        witness.pressComes();
        says("raised " + ID + " LIVE PANIC RAISED", "received " + ID + " police", "received " + ID + " education");
        assertThat(witness.awaitDelivered(Duration.ZERO)).as("no ledger has it").isEmpty();
    }

    @Test
    void how_far_a_press_was_when_the_power_went_is_what_the_board_had_told_of_it() {
        says("raised " + ID + " LIVE PANIC RAISED", "kept " + ID);
        witness.pressComes();
        assertThat(witness.reached()).as("an earlier one counts for nothing").isEqualTo(Witness.Reached.NOTHING);
        AlarmId next = new AlarmId("school-001/button-1", 1, 7, 2);
        says("raised " + next + " LIVE PANIC UPDATED");
        assertThat(witness.reached()).isEqualTo(Witness.Reached.RAISED);
        says("received " + next + " police");
        assertThat(witness.reached()).isEqualTo(Witness.Reached.RAISED);
        says("kept " + next);
        assertThat(witness.reached()).isEqualTo(Witness.Reached.KEPT);
        says("received " + next + " education");
        assertThat(witness.reached()).as("nothing is under way").isEqualTo(Witness.Reached.ALL);
    }

    @Test
    void it_is_not_set_up_well_where_doctor_finds_something_broken() throws InterruptedException {
        witness.console("[   40.000001] tocsin-board[200]: tocsin-board: self-test passed");
        witness.console("[   50.000001] tocsin-board[200]: tocsin-board: doctor: broken");
        witness.console("[   60.000001] tocsin-board[200]: tocsin-board: set up");
        assertThat(witness.awaitSetUp(Duration.ZERO)).isTrue();
        assertThat(witness.isSetUpWell()).isFalse();
    }

    @Test
    void it_is_set_up_well_only_if_it_enrolled_and_passed_its_self_test() throws InterruptedException {
        witness.console("[   50.000001] tocsin-board[200]: tocsin-board: self-test failed");
        witness.console("[   60.000001] tocsin-board[200]: tocsin-board: set up");
        assertThat(witness.awaitSetUp(Duration.ZERO)).isTrue();
        assertThat(witness.isSetUpWell()).isFalse();
    }

    @Test
    void a_press_is_a_live_panic_and_neither_a_self_test_nor_the_key() {
        assertThat(Witness.isPress(panic(Mode.LIVE, AlarmState.RAISED))).isTrue();
        assertThat(Witness.isPress(panic(Mode.LIVE, AlarmState.UPDATED))).isTrue();
        assertThat(Witness.isPress(panic(Mode.TEST, AlarmState.RAISED))).isFalse();
        assertThat(Witness.isPress(panic(Mode.LIVE, AlarmState.RESTORED))).isFalse();
    }

    private static Entry panic(Mode mode, AlarmState state) {
        Fact fact = new Fact(
                EntryType.ALARM,
                ID.device(),
                Optional.of(ID),
                Optional.empty(),
                Optional.of(AlarmKind.PANIC),
                Optional.of(state),
                Optional.of(mode),
                Bytes.EMPTY,
                Bytes.EMPTY,
                "",
                "");
        return new Entry(1, Instant.EPOCH, fact, Bytes.EMPTY, Bytes.EMPTY);
    }
}
