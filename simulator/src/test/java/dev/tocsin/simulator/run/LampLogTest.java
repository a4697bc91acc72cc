package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.session.Indication;
import dev.tocsin.simulator.run.LampLog.Change;
import org.junit.jupiter.api.Test;

class LampLogTest {

    private final LampLog log = new LampLog();

    LampLogTest() {
        log.shows("a", 0, Indication.STARTING);
        log.shows("a", 10, Indication.ARMED);
        log.shows("b", 15, Indication.FAULT);
        log.shows("a", 20, Indication.RAISED);
        log.shows("a", 30, Indication.RECEIVED);
    }

    @Test
    void a_stretch_begins_with_what_was_shown_already() {
        assertThat(log.of("a", 15, 25))
                .containsExactly(new Change(10, Indication.ARMED), new Change(20, Indication.RAISED));
        assertThat(log.of("a", 20, 20)).containsExactly(new Change(20, Indication.RAISED));
    }

    @Test
    void a_device_that_showed_nothing_has_no_lamp() {
        assertThat(log.of("c", 0, 100)).isEmpty();
    }
}
