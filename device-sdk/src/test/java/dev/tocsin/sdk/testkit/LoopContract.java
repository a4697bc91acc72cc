package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Of timers that can end, with their process or their power. */
public abstract class LoopContract extends TimersContract {

    /** It ends now. */
    protected abstract void end();

    /** Lets more time pass than any task here waits for, on another clock than that of the loop. */
    protected abstract void passElsewhere();

    @Test
    void nothing_runs_after_the_end_neither_what_waited_nor_what_is_new() {
        AtomicInteger ran = new AtomicInteger();
        var waiting = timers().schedule(20_000_000, ran::incrementAndGet);
        end();
        var fresh = timers().schedule(0, ran::incrementAndGet);
        passElsewhere();
        assertThat(ran).hasValue(0);
        waiting.cancel();
        fresh.cancel();
    }
}
