package dev.tocsin.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tocsin.sdk.session.Indication;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.lab.Laboratory;
import dev.tocsin.simulator.lab.Ports;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS) // which has no such limit
class DeviceFleetTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void more_devices_than_this_process_may_open_files_for_are_refused_with_the_number_needed() {
        assertThatCode(() -> DeviceFleet.requireFiles(1, 2)).doesNotThrowAnyException();
        assertThatThrownBy(() -> DeviceFleet.requireFiles(200_000_000, 2))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("200000000 devices may need (\\d+) open files, and this process may have \\d+:"
                        + " allow more \\(ulimit -n \\1\\), or take fewer devices");
    }

    @Test
    void a_device_opens_no_more_files_than_are_asked_for() throws IOException {
        int devices = 20;
        Laboratory lab = Laboratory.create(
                folder.resolve("lab"),
                new Laboratory.Plan(
                        Ports.free(List.of("police")),
                        IntStream.range(0, devices).mapToObj(n -> "button-" + n).toList(),
                        "60s"),
                new SystemClock());
        LampLog lamps = new LampLog();
        try (DeviceFleet fleet = new DeviceFleet(new Claims(), lamps)) {
            long before = openFiles();
            for (Path home : lab.devices().values()) {
                fleet.open(home.resolve("device.toml"));
            }
            // no centre is there: an armed device that looks for one shows a fault
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> lab.devices().keySet().stream()
                            .allMatch(id -> lamps.of(id, 0, Long.MAX_VALUE).stream()
                                    .anyMatch(change -> change.indication() == Indication.FAULT)));
            assertThat(openFiles() - before).isLessThanOrEqualTo((long) devices * DeviceFleet.FILES_EACH);
        }
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
