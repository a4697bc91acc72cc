package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.firmware.board.BounceReplay.Decision;
import dev.tocsin.firmware.board.BounceTrace.Reading.Malformed;
import dev.tocsin.firmware.board.BounceTrace.Reading.Read;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The debouncer on recordings of two switches: "rocker", a sound one, and "sessionB", a worn one. */
class RecordedBounceTest {

    private static final long MS = 1_000_000;

    private static final Path DATA =
            Path.of(System.getenv().getOrDefault("TOCSIN_DATA", "../../shared/data"), "bounce", "manifest.csv");

    private final List<Recording> recordings = new ArrayList<>();

    @BeforeEach
    void read_the_recordings() throws IOException {
        assumeTrue(
                Files.exists(DATA),
                () -> "skipped: no recordings at " + DATA.toAbsolutePath().normalize()
                        + "; set TOCSIN_DATA to their folder");
        List<String> rows = Files.readAllLines(DATA);
        for (String row : rows.subList(1, rows.size())) {
            String[] fields = row.split(",", -1);
            Path file = DATA.resolveSibling(fields[0]);
            if (!Files.exists(file)) {
                continue; // held out
            }
            switch (BounceTrace.read(file)) {
                case Read(BounceTrace trace) -> recordings.add(new Recording(fields[1], fields[2], trace));
                case Malformed(String problem) -> throw new AssertionError(problem);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocker", "sessionB"})
    void no_press_is_missed_and_half_of_them_are_decided_within_6_ms(String session) {
        List<Long> delaysNs = new ArrayList<>();
        for (Recording recording : of(session, "press").toList()) {
            List<Decision> presses = presses(recording);
            assertThat(presses).as(recording.trace().name()).isNotEmpty();
            delaysNs.add(presses.get(0).decidedNs());
        }
        delaysNs.sort(null);
        assertThat(delaysNs).hasSizeGreaterThan(30);
        assertThat(delaysNs.get(delaysNs.size() / 2)).isLessThan(6 * MS);
        assertThat(delaysNs.get(delaysNs.size() - 1)).as("the slowest").isLessThan(10 * MS);
    }

    @Test
    void no_press_of_the_sound_switch_is_doubled() {
        assertThat(of("rocker", "press")).allSatisfy(recording -> {
            assertThat(presses(recording)).hasSize(1);
            assertThat(BounceReplay.play(recording.trace(), Debouncer.Settings.DEFAULT))
                    .hasSize(1);
        });
    }

    @Test
    void at_most_two_presses_of_the_worn_switch_are_told_more_than_once() {
        assertThat(of("sessionB", "press")
                        .filter(recording -> presses(recording).size() > 1))
                .hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocker", "sessionB"})
    void the_end_is_pressed_where_the_recording_ends_closed_and_released_where_it_ends_open(String session) {
        assertThat(recordings.stream().filter(recording -> recording.session().equals(session)))
                .allSatisfy(recording -> {
                    List<Decision> decisions = BounceReplay.play(recording.trace(), Debouncer.Settings.DEFAULT);
                    boolean pressed = decisions.isEmpty()
                            ? recording.trace().startsClosed()
                            : decisions.get(decisions.size() - 1).pressed();
                    assertThat(pressed).isEqualTo(recording.trace().endsClosed());
                });
    }

    @Test
    void no_release_of_the_sound_switch_is_a_press() {
        assertThat(of("rocker", "release"))
                .hasSizeGreaterThan(30)
                .allSatisfy(recording -> assertThat(BounceReplay.play(recording.trace(), Debouncer.Settings.DEFAULT))
                        .extracting(Decision::pressed)
                        .containsExactly(false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocker", "sessionB"})
    void a_press_played_on_a_desk_board_is_told_as_the_debouncer_decides_it(String session) {
        assertThat(of(session, "press"))
                .allSatisfy(recording -> assertThat(playedOnADesk(recording.trace()))
                        .isEqualTo(BounceReplay.play(recording.trace(), Debouncer.Settings.DEFAULT)));
    }

    private static List<Decision> playedOnADesk(BounceTrace trace) {
        HandTimers loop = new HandTimers();
        List<Decision> decisions = new ArrayList<>();
        Pi4jBoard.Desk desk = Pi4jBoard.onDesk(TestProfiles.wallButton(), loop, loop);
        long startNs = loop.getAsLong();
        new DebouncedInput(desk.board(), "panic", loop, loop, DebouncedInput.Settings.DEFAULT)
                .onPressed(
                        (edgeNs, decidedNs) -> decisions.add(new Decision(true, edgeNs - startNs, decidedNs - startNs)))
                .onReleased((edgeNs, decidedNs) ->
                        decisions.add(new Decision(false, edgeNs - startNs, decidedNs - startNs)))
                .start();
        for (BounceTrace.Event event : trace.events()) {
            loop.schedule(event.atNs(), () -> desk.controls().set("panic", event.closed()));
        }
        loop.advance(BounceReplay.TAIL.plusNanos(trace.lengthNs()));
        desk.board().close();
        return decisions;
    }

    private Stream<Recording> of(String session, String action) {
        return recordings.stream()
                .filter(recording -> recording.session().equals(session)
                        && recording.action().equals(action));
    }

    private static List<Decision> presses(Recording recording) {
        return BounceReplay.play(recording.trace(), Debouncer.Settings.DEFAULT).stream()
                .filter(Decision::pressed)
                .toList();
    }

    private record Recording(String session, String action, BounceTrace trace) {
        @Override
        public String toString() {
            return trace.name();
        }
    }
}
