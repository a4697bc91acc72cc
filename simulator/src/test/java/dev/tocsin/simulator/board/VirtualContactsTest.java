package dev.tocsin.simulator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.BoardProfile;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.DebouncedInput;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualContactsTest {

    private static final BoardProfile PROFILE =
            BoardProfiles.builtIn("wall-button").orThrow();

    private final VirtualTime time = new VirtualTime();
    private final List<BoardEvent> events = new ArrayList<>();
    private final List<String> presses = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final VirtualContacts contacts =
            new VirtualContacts(PROFILE, Duration.ofMillis(50), time::nanoTime, new SeededEntropy(7), events::add);
    private VirtualTime.Life life = time.life();
    private final long startNs = time.nanoTime();

    /** The firmware's own debounced input on the virtual board. */
    private Board boot() {
        life = time.life();
        VirtualTime.Life now = life;
        Board board = contacts.open(time::nanoTime, task -> now.schedule(0, task));
        board.onTrouble(troubles::add);
        new DebouncedInput(board, "panic", now, time::nanoTime, DebouncedInput.Settings.DEFAULT)
                .onPressed((edgeNs, decidedNs) -> presses.add("pressed at " + (edgeNs - startNs) / 1_000_000))
                .onReleased((edgeNs, decidedNs) -> presses.add("released at " + (edgeNs - startNs) / 1_000_000))
                .start();
        return board;
    }

    private void cut() {
        life.end();
        contacts.cutPower();
    }

    private void pass(long ms) {
        time.advance(Duration.ofMillis(ms));
    }

    private List<BoardFault> faults() {
        return events.stream()
                .filter(e -> e instanceof BoardEvent.FaultMet)
                .map(e -> ((BoardEvent.FaultMet) e).fault())
                .toList();
    }

    @Test
    void a_press_is_decided_by_the_real_debouncer_at_its_virtual_instant() {
        boot();
        pass(100);
        contacts.press("panic");
        pass(300);
        contacts.release("panic");
        pass(300);
        assertThat(presses).containsExactly("pressed at 100", "released at 400");
        assertThat(events)
                .containsExactly(
                        new BoardEvent.Moved(startNs + 100_000_000, "panic", true),
                        new BoardEvent.Moved(startNs + 400_000_000, "panic", false));
    }

    @Test
    void a_button_held_over_a_power_cut_is_held_after_it() {
        boot();
        pass(10);
        cut();
        contacts.press("panic");
        pass(1_000);
        assertThat(presses).isEmpty();
        boot();
        pass(100);
        assertThat(presses).containsExactly("pressed at 1010");
    }

    @Test
    void a_power_cut_puts_every_lamp_out_and_what_waited_on_the_loop_is_gone() {
        Board board = boot();
        board.output("lamp").set(true);
        contacts.press("panic");
        cut();
        board.output("ready").set(true);
        pass(100);
        assertThat(presses).isEmpty();
        assertThat(contacts.isOn("lamp") || contacts.isOn("ready")).isFalse();
        assertThat(events)
                .contains(new BoardEvent.Shown(startNs, "lamp", true), new BoardEvent.Shown(startNs, "lamp", false));
    }

    @Test
    void an_edge_that_waits_on_a_loop_that_lives_on_is_not_told_after_the_power_cut() {
        List<Boolean> edges = new ArrayList<>();
        Board board = contacts.open(time::nanoTime, task -> time.schedule(0, task));
        board.onEdge("panic", (timeNs, active) -> edges.add(active));
        contacts.press("panic");
        contacts.cutPower();
        pass(1);
        assertThat(edges).isEmpty();
    }

    @Test
    void a_broken_wire_hides_the_hand_until_it_is_mended() {
        boot();
        contacts.stickOpen("panic");
        contacts.press("panic");
        pass(300);
        assertThat(presses).isEmpty();
        assertThat(faults()).containsExactly(BoardFault.STUCK_OPEN);
        contacts.mend("panic");
        pass(300);
        assertThat(presses).containsExactly("pressed at 300");
    }

    @Test
    void a_welded_contact_is_a_press_and_no_release() {
        boot();
        pass(10);
        contacts.stickClosed("panic");
        pass(300);
        contacts.press("panic");
        contacts.release("panic");
        pass(300);
        assertThat(presses).containsExactly("pressed at 10");
        assertThat(faults()).containsExactly(BoardFault.STUCK_CLOSED, BoardFault.STUCK_CLOSED);
    }

    @Test
    void a_press_whose_edges_are_lost_is_found_by_looking_again() {
        boot();
        contacts.loseEdges("panic", 1);
        pass(10);
        contacts.press("panic");
        pass(300);
        assertThat(presses).hasSize(1);
        assertThat(faults()).containsExactly(BoardFault.EDGE_LOST);
    }

    @Test
    void edges_are_lost_as_often_as_said() {
        boot();
        contacts.loseEdges("panic", 0.3);
        for (int i = 0; i < 1_000; i++) {
            contacts.set("panic", i % 2 == 0);
            pass(1);
        }
        assertThat(faults().size()).isBetween(250, 350);
    }

    @Test
    void sparks_flip_the_line_as_often_as_said_and_press_nothing() {
        boot();
        Sparks sparks = Sparks.on(contacts, "panic", 20, Duration.ofNanos(200_000), time, new SeededEntropy(3));
        pass(50_000);
        assertThat(faults().size()).isBetween(900, 1_100);
        assertThat(presses).isEmpty();
        sparks.close();
        int before = faults().size();
        pass(10_000);
        assertThat(faults()).hasSize(before);
    }

    @Test
    void sparks_that_end_in_the_middle_of_a_pulse_leave_the_line_as_the_hand_has_it() {
        for (int seed = 0; seed < 50; seed++) {
            Sparks sparks = Sparks.on(contacts, "reset", 500, Duration.ofMillis(50), time, new SeededEntropy(seed));
            pass(20);
            sparks.close();
            assertThat(contacts.level("reset")).isFalse();
        }
    }

    @Test
    void a_line_that_refuses_stays_as_it_is_and_is_told() {
        Board board = boot();
        contacts.failOutput("lamp");
        board.output("lamp").set(false);
        assertThat(troubles).isEmpty();
        board.output("lamp").set(true);
        assertThat(contacts.isOn("lamp")).isFalse();
        assertThat(troubles).containsExactly("output lamp (BCM 22) cannot be switched: the line refuses");
        contacts.repair("lamp");
        board.output("lamp").set(true);
        assertThat(contacts.isOn("lamp")).isTrue();
    }

    @Test
    void a_burnt_out_lamp_is_dark_and_nobody_is_told() {
        Board board = boot();
        board.output("lamp").set(true);
        contacts.burnOut("lamp");
        assertThat(contacts.isOn("lamp")).isFalse();
        board.output("lamp").set(false);
        board.output("lamp").set(true);
        assertThat(contacts.isOn("lamp")).isFalse();
        assertThat(troubles).isEmpty();
        contacts.repair("lamp");
        assertThat(contacts.isOn("lamp")).isTrue();
        assertThat(faults()).containsExactly(BoardFault.BURNT_OUT);
    }

    @Test
    void ten_thousand_boards_need_no_thread_and_hear_each_their_own() {
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<VirtualContacts> all = new ArrayList<>();
        List<Integer> pressed = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            VirtualContacts one =
                    new VirtualContacts(PROFILE, Duration.ZERO, time::nanoTime, new SeededEntropy(i), event -> {});
            one.open(time::nanoTime, task -> time.schedule(0, task))
                    .onEdge("panic", (timeNs, active) -> pressed.add(number));
            all.add(one);
        }
        all.forEach(one -> one.press("panic"));
        pass(1);
        assertThat(pressed).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount()).isLessThan(before + 5);
    }

    @Test
    void a_board_is_opened_once_at_a_time() {
        Board board = boot();
        assertThatThrownBy(() -> contacts.open(time::nanoTime, Runnable::run))
                .isInstanceOf(IllegalStateException.class);
        board.close();
        boot();
    }
}
