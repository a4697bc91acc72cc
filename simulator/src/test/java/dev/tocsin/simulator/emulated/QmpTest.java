package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against what QEMU 7.2.22 said. */
class QmpTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    @Test
    void it_greets_finds_the_gpio_chip_and_pulls_the_cable() throws IOException, InterruptedException {
        Transcript qemu = Transcript.recorded("qmp.txt");
        Qmp qmp = new Qmp(qemu, AT_ONCE);
        qemu.begin(qmp::line);
        qmp.greet();
        assertThat(qmp.pathOf("pl061")).isEqualTo("/machine/unattached/device[7]");
        qmp.link("card", false);
        qmp.link("card", true);
        assertThatThrownBy(() -> qmp.link("nosuch", true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Device 'nosuch' not found");
        assertThat(qemu.isOver()).isTrue();
    }

    @Test
    void a_chip_that_is_not_there_is_told() throws IOException, InterruptedException {
        Transcript qemu = Transcript.recorded("qmp.txt");
        Qmp qmp = new Qmp(qemu, AT_ONCE);
        qemu.begin(qmp::line);
        qmp.greet();
        assertThatThrownBy(() -> qmp.pathOf("pl069"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no pl069");
    }

    @Test
    void a_qemu_that_says_nothing_or_nonsense_is_told_and_not_waited_for() {
        List<String> asked = new ArrayList<>();
        Qmp qmp = new Qmp(asked::add, AT_ONCE);
        qmp.line("{\"return\": {}}");
        qmp.line("{\"return\": ");
        assertThatThrownBy(qmp::greet)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer qmp_capabilities");
        assertThat(asked).hasSize(1);
    }
}
