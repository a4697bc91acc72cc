package dev.tocsin.simulator.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutWindowTest {

    /** On hosts where a press shows after so many ms and is over after so many. */
    @ParameterizedTest
    @CsvSource({"5, 60", "30, 140", "300, 700", "900, 1500", "5000, 7000", "15000, 22000"})
    void on_any_host_many_cuts_come_to_fall_where_a_press_is_on_its_way(int shown, int over) {
        SplittableRandom random = new SplittableRandom(42);
        int met = 0;
        int runs = 200;
        for (int run = 0; run < runs; run++) {
            CutWindow window = new CutWindow(500);
            for (int cut = 0; cut < 16; cut++) {
                int at = window.draw(random);
                if (at < shown) {
                    window.wasEarly();
                } else if (at >= over) {
                    window.wasLate();
                } else {
                    window.wasMet();
                    met++;
                }
            }
        }
        assertThat(met / (16.0 * runs)).as("share of 16 cuts").isGreaterThan(0.35);
    }
}
