package dev.tocsin.benchmarks.path;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.board.Debouncer;
import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.session.AlarmStatus;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A finger on the panic contact of a Pi4J mock board: closes it, and opens it again as soon as the alarm is receipted. The
 * finger waits until the release has been debounced, too: not more than a few presses in a second.
 */
final class Presser implements Sender {

    /** The debouncer's own time for a release, and a little more. */
    private static final Duration RELEASE = Debouncer.Settings.DEFAULT.release().plusMillis(10);

    private final ButtonDevice button;
    private final DeskControls controls;
    private final StageTimers stages;
    private final TocsinRuntime runtime;
    private final Deque<CompletableFuture<Long>> waiting = new ArrayDeque<>(); // the event loop's, and so are the next
    private final Set<AlarmId> done = new HashSet<>();
    private CompletableFuture<Long> pressed = new CompletableFuture<>();
    private boolean free = true;

    Presser(ButtonDevice button, DeskControls controls, StageTimers stages, TocsinRuntime runtime) {
        this.button = button;
        this.controls = controls;
        this.stages = stages;
        this.runtime = runtime;
        button.device().onAlarm(this::changed);
    }

    @Override
    public CompletableFuture<Long> raise() {
        CompletableFuture<Long> future = new CompletableFuture<>();
        runtime.execute(() -> {
            waiting.add(future);
            pressIfFree();
        });
        return future;
    }

    private void pressIfFree() {
        if (free && !waiting.isEmpty()) {
            free = false;
            pressed = waiting.remove();
            controls.press(ButtonDevice.PANIC);
        }
    }

    private void changed(AlarmStatus status) {
        if (status.alarm().kind() != AlarmKind.PANIC
                || !status.isReceivedByAll()
                || !done.add(status.alarm().id())) {
            return;
        }
        long receiptedNs = System.nanoTime();
        stages.receipted(status);
        pressed.complete(receiptedNs);
        controls.release(ButtonDevice.PANIC);
        var unused = runtime.timers().schedule(RELEASE.toNanos(), () -> {
            free = true;
            pressIfFree();
        });
    }

    @Override
    public void close() {
        button.close();
    }
}
