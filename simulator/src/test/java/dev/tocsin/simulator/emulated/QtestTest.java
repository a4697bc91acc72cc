package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against what QEMU 7.2.22 said. */
class QtestTest {

    private static final String CHIP = "/machine/unattached/device[7]";
    private static final Duration AT_ONCE = Duration.ZERO;

    @Test
    void it_drives_inputs_and_tells_of_outputs_that_change_between_the_answers()
            throws IOException, InterruptedException {
        Transcript qemu = Transcript.recorded("qtest.txt");
        List<String> changes = new ArrayList<>();
        Qtest qtest = new Qtest(qemu, (line, high) -> changes.add(line + (high ? " high" : " low")), AT_ONCE);
        qemu.begin(qtest::line);
        qtest.watchOutputs(CHIP);
        qtest.set(CHIP, 4, true);
        qtest.set(CHIP, 4, false);
        assertThat(changes).containsExactly("6 high", "6 low");
        assertThatThrownBy(() -> qtest.set("/machine/nosuch", 4, true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("FAIL");
        assertThat(qemu.isOver()).isTrue();
    }

    @Test
    void a_qemu_that_says_nothing_is_told_and_not_waited_for() {
        Qtest qtest = new Qtest(line -> {}, (line, high) -> {}, AT_ONCE);
        qtest.line("IRQ raise 6");
        assertThatThrownBy(() -> qtest.watchOutputs(CHIP))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer irq_intercept_out");
    }
}
