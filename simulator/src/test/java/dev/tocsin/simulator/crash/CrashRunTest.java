package dev.tocsin.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.system.SystemClock;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashRunTest {

    private static final int KILLS = 20;

    @Test
    void a_device_killed_twenty_times_loses_doubles_and_reuses_nothing(@TempDir Path folder) throws Exception {
        CrashRun.Result result = CrashRun.run(
                folder.resolve("lab"), KILLS, new SplittableRandom(7), new SystemClock(), System.out::println);

        assertThat(result.lost()).isEmpty();
        assertThat(result.duplicated()).isZero();
        assertThat(result.reused()).isEmpty();
        assertThat(result.conflicts()).isZero();
        assertThat(result.killedArmed())
                .as("kills that could have cost an alarm")
                .isGreaterThanOrEqualTo(KILLS / 2);
        assertThat(result.resets()).as("alarms that the key ended").isPositive();
        assertThat(result.durable()).as("alarms that were durable").isGreaterThan(KILLS);
        assertThat(result.held()).isTrue();
    }
}
