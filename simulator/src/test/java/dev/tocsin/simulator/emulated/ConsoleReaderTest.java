package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleReaderTest {

    private static List<String> read(String console) throws IOException {
        List<String> lines = new ArrayList<>();
        ConsoleReader.read(new ByteArrayInputStream(console.getBytes(StandardCharsets.UTF_8)), lines::add);
        return lines;
    }

    @Test
    void a_line_that_the_power_cut_tore_says_nothing() throws IOException {
        assertThat(read("kept school-001/button-1:1.2:0000000000000007\r\nreceived school-001/button-1:1.2:00000000"))
                .containsExactly("kept school-001/button-1:1.2:0000000000000007");
    }

    @Test
    void a_line_of_the_journal_is_told_with_who_said_it() {
        assertThat(ConsoleReader.said("[   73.119234] tocsin-firmware[345]: armed school-001/button-1"))
                .isEqualTo(new ConsoleReader.Said("tocsin-firmware", "armed school-001/button-1"));
        assertThat(ConsoleReader.said("[    0.000000] Booting Linux on physical CPU 0x0"))
                .as("of the kernel, which has no number")
                .isEqualTo(new ConsoleReader.Said("", "[    0.000000] Booting Linux on physical CPU 0x0"));
    }

    @Test
    void a_line_without_end_is_cut_off_and_the_next_one_is_whole() throws IOException {
        assertThat(read("x".repeat(10_000) + "\nnext\n"))
                .satisfiesExactly(
                        first -> assertThat(first).hasSizeLessThan(5_000),
                        next -> assertThat(next).isEqualTo("next"));
    }
}
