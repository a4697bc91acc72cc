package dev.tocsin.simulator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaterEvaluationTest {

    private static final WaterEvaluation.Watcher NOBODY = new WaterEvaluation.Watcher() {
        @Override
        public void phase(String what) {}

        @Override
        public void done(int done, int of) {}
    };

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void a_scene_with_time_outs() throws IOException {
        StringBuilder text = new StringBuilder("t_s,distance_cm\n");
        for (int i = 0; i < 2_000; i++) {
            boolean isThere = i > 500 && i < 1_000;
            double cm = i % 7 == 0 ? 66_910.8 : isThere ? 90 + i % 3 : 300 + i % 5;
            text.append(i / 100.0).append(',').append(cm).append('\n');
        }
        Files.writeString(folder.resolve("bench.csv"), text);
        Files.writeString(folder.resolve("manifest.csv"), "file,kind\nbench.csv,distance\nother.txt,mimed\n");
    }

    private WaterEvaluation evaluate(double insideM) {
        return switch (WaterRecordings.read(folder, List.of(WaterRecordings.DISTANCE))) {
            case WaterRecordings.Reading.Read(WaterRecordings recordings) ->
                WaterEvaluation.of(recordings, new WaterEvaluation.Options(insideM, 50, 1, 1), NOBODY);
            case WaterRecordings.Reading.Unusable(String why) -> throw new AssertionError(why);
        };
    }

    @Test
    void somebody_is_seen_and_no_time_out_is() {
        WaterEvaluation.Zone zone = evaluate(1.5).zones().getFirst();
        assertThat(zone.timeOuts()).isEqualTo(286);
        assertThat(zone.intrusions()).isEqualTo(1);
        assertThat(zone.unexplained()).isZero();
        assertThat(zone.fromTimeOuts()).isZero();
    }

    @Test
    void events_from_models_are_found_and_the_same_seed_tells_the_same() {
        WaterEvaluation evaluation = evaluate(1.5);
        assertThat(evaluation.modelled())
                .extracting(WaterEvaluation.Modelled::event)
                .containsExactly("intrusion", "immersion", "drowning");
        assertThat(evaluation.modelled()).allSatisfy(m -> assertThat(m.found()).isEqualTo(50));
        assertThat(evaluate(1.5).modelled()).isEqualTo(evaluation.modelled());
    }

    @Test
    void the_models_of_weather_can_raise_false_alarms_at_all() {
        assertThat(evaluate(1.5).falsely())
                .filteredOn(f -> f.cause().equals("zone, wildlife"))
                .singleElement()
                .satisfies(f -> assertThat(f.alarms()).isPositive());
    }
}
