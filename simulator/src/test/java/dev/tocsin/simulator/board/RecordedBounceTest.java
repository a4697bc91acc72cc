package dev.tocsin.simulator.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.Board;
import dev.tocsin.firmware.board.BoardProfiles;
import dev.tocsin.firmware.board.BounceReplay;
import dev.tocsin.firmware.board.BounceReplay.Decision;
import dev.tocsin.firmware.board.BounceTrace;
import dev.tocsin.firmware.board.DebouncedInput;
import dev.tocsin.firmware.board.Debouncer;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.SharedData;
import dev.tocsin.sdk.testkit.VirtualTime;
import dev.tocsin.simulator.eval.Recordings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recorded presses, edge by edge on the virtual board. */
class RecordedBounceTest {

    @Test
    void every_recorded_press_is_told_as_the_debouncer_decides_it_alone() {
        Recordings recordings =
                ((Recordings.Reading.Read) Recordings.read(SharedData.orSkip("bounce/manifest.csv"))).recordings();
        assertThat(recordings.presses())
                .hasSizeGreaterThan(30)
                .allSatisfy(press -> assertThat(played(press.trace()))
                        .as(press.trace().name())
                        .isEqualTo(BounceReplay.play(press.trace(), Debouncer.Settings.DEFAULT)));
    }

    private static List<Decision> played(BounceTrace trace) {
        VirtualTime time = new VirtualTime();
        long startNs = time.nanoTime();
        List<Decision> decisions = new ArrayList<>();
        VirtualContacts contacts = new VirtualContacts(
                BoardProfiles.builtIn("wall-button").orThrow(),
                Duration.ZERO,
                time::nanoTime,
                new SeededEntropy(1),
                event -> {});
        Board board = contacts.open(time::nanoTime, task -> time.schedule(0, task));
        new DebouncedInput(board, "panic", time, time::nanoTime, DebouncedInput.Settings.DEFAULT)
                .onPressed(
                        (edgeNs, decidedNs) -> decisions.add(new Decision(true, edgeNs - startNs, decidedNs - startNs)))
                .onReleased((edgeNs, decidedNs) ->
                        decisions.add(new Decision(false, edgeNs - startNs, decidedNs - startNs)))
                .start();
        for (BounceTrace.Event event : trace.events()) {
            time.schedule(event.atNs(), () -> contacts.set("panic", event.closed()));
        }
        time.advance(Duration.ofSeconds(3).plusNanos(trace.lengthNs()));
        return decisions;
    }
}
