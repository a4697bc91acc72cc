package dev.tocsin.firmware.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.testkit.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hot processor, a low supply and a full disk are told, once each, until they are well again. */
class BoardHealthTest {

    @TempDir
    private Path folder = Path.of("");

    private final VirtualTime time = new VirtualTime();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Made gauges = new Made();

    private static final class Made implements BoardHealth.Gauges {
        double celsius = 50;
        boolean low;
        long free = 1L << 30;

        @Override
        public OptionalDouble temperatureC() {
            return OptionalDouble.of(celsius);
        }

        @Override
        public Optional<Boolean> isSupplyLow() {
            return Optional.of(low);
        }

        @Override
        public OptionalLong freeBytes() {
            return OptionalLong.of(free);
        }
    }

    private final BoardHealth.Faults faults = new BoardHealth.Faults() {
        @Override
        public void raiseFault(String cause, String text) {
            told.add("raise " + cause);
        }

        @Override
        public void clearFault(String cause) {
            told.add("clear " + cause);
        }
    };

    private void start() {
        new BoardHealth(faults, time, Runnable::run, Runnable::run, gauges).start();
        told.clear();
    }

    @Test
    void a_hot_processor_is_told_and_stays_told_until_it_is_clearly_cooler() {
        start();
        gauges.celsius = BoardHealth.HOT_C;
        time.advance(Duration.ofSeconds(30));
        assertThat(told).contains("raise hot");

        told.clear();
        gauges.celsius = BoardHealth.HOT_C - 1;
        time.advance(Duration.ofSeconds(30));
        assertThat(told).doesNotContain("raise hot", "clear hot");

        gauges.celsius = BoardHealth.COOL_C - 1;
        time.advance(Duration.ofSeconds(30));
        assertThat(told).contains("clear hot");
    }

    @Test
    void a_low_supply_is_told() {
        start();
        gauges.low = true;
        time.advance(Duration.ofSeconds(30));
        assertThat(told).contains("raise supply");
    }

    @Test
    void a_disk_is_told_before_it_is_full() {
        start();
        gauges.free = BoardHealth.LEAST_FREE_BYTES - 1;
        time.advance(Duration.ofSeconds(30));
        assertThat(told).contains("raise disk");

        told.clear();
        gauges.free = BoardHealth.LEAST_FREE_BYTES;
        time.advance(Duration.ofSeconds(30));
        assertThat(told).doesNotContain("clear disk", "raise disk");
    }

    @Test
    void the_gauges_of_a_raspberry_pi_are_read() throws IOException {
        write("class/thermal/thermal_zone0/temp", "61322\n");
        write("class/hwmon/hwmon1/in0_lcrit_alarm", "1\n");
        LinuxGauges pi = new LinuxGauges(folder, folder);

        assertThat(pi.temperatureC()).hasValue(61.322);
        assertThat(pi.isSupplyLow()).contains(true);
        assertThat(pi.freeBytes()).isPresent();
    }

    @Test
    void without_the_driver_the_firmware_s_bits_tell_of_the_supply() throws IOException {
        write("devices/platform/soc/soc:firmware/get_throttled", "50005\n");
        assertThat(new LinuxGauges(folder, folder).isSupplyLow()).contains(true);

        write("devices/platform/soc/soc:firmware/get_throttled", "0x50000\n"); // it was low, and is not now
        assertThat(new LinuxGauges(folder, folder).isSupplyLow()).contains(false);
    }

    @Test
    void what_a_machine_does_not_measure_is_not_known() {
        LinuxGauges desk = new LinuxGauges(folder, folder.resolve("not/there/yet"));
        assertThat(desk.temperatureC()).isEmpty();
        assertThat(desk.isSupplyLow()).isEmpty();
        assertThat(desk.freeBytes())
                .as("that of the nearest folder that is there")
                .isPresent();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
