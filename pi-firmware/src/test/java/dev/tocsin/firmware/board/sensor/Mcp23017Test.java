package dev.tocsin.firmware.board.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class Mcp23017Test {

    private final Bench<Mcp23017Model> bench =
            new Bench<>(SensorType.MCP23017, "i2c1", 50, now -> new Mcp23017Model()).started();

    private List<Double> heard(int contact) {
        return bench.heard.rows().stream().map(row -> row[contact]).toList();
    }

    @Test
    void all_contacts_are_told_at_the_start_and_once_a_second() {
        bench.run(Duration.ofMillis(4_500));

        assertThat(bench.heard.rows())
                .hasSize(5)
                .allSatisfy(row -> assertThat(row).hasSize(16).containsOnly(0));
    }

    @Test
    void a_contact_that_closes_is_told_with_the_next_reading() {
        bench.run(Duration.ofMillis(1_010));
        bench.chip.line(11, false);
        bench.heard.forget();
        bench.run(Duration.ofMillis(50));

        assertThat(heard(11)).containsExactly(1.0);
        assertThat(heard(10)).containsExactly(0.0);
    }

    @Test
    void a_pulse_between_two_readings_is_told_from_what_the_chip_captured() {
        bench.run(Duration.ofMillis(1_010));
        bench.heard.forget();
        bench.chip.line(3, false);
        bench.chip.line(3, true);
        bench.run(Duration.ofMillis(50));

        assertThat(heard(3)).containsExactly(1.0, 0.0);
        assertThat(bench.heard.timesNs().get(1))
                .isGreaterThan(bench.heard.timesNs().get(0));
    }

    @Test
    void a_pulse_on_each_port_and_a_level_on_another_line_are_told_together() {
        bench.run(Duration.ofMillis(1_010));
        bench.heard.forget();
        bench.chip.line(0, false);
        bench.chip.line(0, true);
        bench.chip.line(15, false);
        bench.run(Duration.ofMillis(50));

        assertThat(heard(0)).containsExactly(1.0, 0.0);
        assertThat(heard(15)).containsExactly(1.0, 1.0);
    }

    @Test
    void its_interrupt_line_has_it_read_at_once() {
        bench.run(Duration.ofMillis(1_010));
        bench.heard.forget();
        bench.chip.line(7, false);
        bench.source.dataReady();
        bench.time.settle();

        assertThat(heard(7)).containsExactly(1.0);
    }
}
