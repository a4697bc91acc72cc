package dev.tocsin.firmware.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FindingTest {

    @Test
    void words_from_elsewhere_steer_no_terminal() {
        assertThat(Finding.broken("centres.refuses", "police", "go\u001b[2J\naway\u202e")
                        .values())
                .containsExactly("police", "go?[2J?away?");
        assertThat(Finding.ok("centres.good", "警察", 7).values()).containsExactly("警察", "7");
    }
}
