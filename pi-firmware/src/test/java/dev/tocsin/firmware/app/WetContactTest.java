package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Findings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WetContactTest implements Findings {

    private static final long MINUTE_NS = 60_000_000_000L;

    private final List<String> health = new ArrayList<>();
    private boolean isImmersed;
    private final WetContact contact = new WetContact(wet -> isImmersed = wet, this);

    @Test
    void a_swimmer_is_in_the_water_and_out_of_it() {
        contact.is(0, false);
        contact.is(MINUTE_NS, true);
        assertThat(isImmersed).isTrue();
        contact.is(60 * MINUTE_NS, false);
        assertThat(isImmersed).isFalse();
        contact.is(70 * MINUTE_NS, true);
        contact.is(180 * MINUTE_NS, true);
        assertThat(isImmersed).as("two swims are not one").isTrue();
        assertThat(health).isEmpty();
    }

    @Test
    void a_contact_that_stays_wet_is_a_fault_and_blinds_nobody() {
        contact.is(0, true);
        contact.is(119 * MINUTE_NS, true);
        assertThat(isImmersed).isTrue();
        contact.is(120 * MINUTE_NS, true);
        contact.is(121 * MINUTE_NS, true);
        assertThat(isImmersed).isFalse();
        assertThat(health).containsExactly("wet-stuck true");
        contact.is(122 * MINUTE_NS, false);
        contact.is(123 * MINUTE_NS, true);
        assertThat(isImmersed).isTrue();
        assertThat(health).containsExactly("wet-stuck true", "wet-stuck false");
    }

    @Override
    public void found(Detection detection) {}

    @Override
    public void health(String cause, boolean isStanding, String text) {
        health.add(cause + " " + isStanding);
    }
}
