package dev.tocsin.benchmarks.path;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.firmware.board.DeskControls;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.session.AlarmStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * A finger on the panic contact of a Pi4J mock board: closes it, and opens it again as soon as the alarm is receipted. The
 * next press counts only once the release has been debounced, too: not more than a few in a second.
 */
final class Presser implements Sender {

    private final ButtonDevice button;
    private final DeskControls controls;
    private final StageTimers stages;
    private final Deque<CompletableFuture<Long>> pressed = new ArrayDeque<>();
    private final Set<AlarmId> done = new HashSet<>();

    Presser(ButtonDevice button, DeskControls controls, StageTimers stages) {
        this.button = button;
        this.controls = controls;
        this.stages = stages;
        button.device().onAlarm(this::changed);
    }

    @Override
    public CompletableFuture<Long> raise() {
        CompletableFuture<Long> future = new CompletableFuture<>();
        synchronized (pressed) {
            pressed.add(future);
        }
        controls.press(ButtonDevice.PANIC);
        return future;
    }

    /** On the event loop. Presses come one after the other, and so do their receipts. */
    private void changed(AlarmStatus status) {
        if (status.alarm().kind() != AlarmKind.PANIC
                || !status.isReceivedByAll()
                || !done.add(status.alarm().id())) {
            return;
        }
        long receiptedNs = System.nanoTime();
        stages.receipted(status);
        controls.release(ButtonDevice.PANIC);
        synchronized (pressed) {
            pressed.remove().complete(receiptedNs);
        }
    }

    @Override
    public void close() {
        button.close();
    }
}
