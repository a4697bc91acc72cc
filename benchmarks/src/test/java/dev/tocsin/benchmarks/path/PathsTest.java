package dev.tocsin.benchmarks.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tocsin.benchmarks.load.FixedRate;
import dev.tocsin.benchmarks.load.Latencies;
import dev.tocsin.benchmarks.path.Work.CentreEnd;
import dev.tocsin.benchmarks.path.Work.DeviceEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PathsTest {

    private static final int ALARMS = 5;
    private static final double PER_SECOND = 5;

    @TempDir
    private Path folder = Path.of("");

    static List<String> names() {
        return Paths.all().stream().map(Paths.Candidate::name).toList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_alarm_comes_back_receipted(String name) throws IOException {
        Paths.Candidate candidate = Paths.all().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow();
        Cast cast = Cast.of("127.0.0.1", 1);
        try (Carrier carrier = open(candidate, cast);
                Sender device = carrier.connect(0)) {
            Latencies latencies = FixedRate.run(device, ALARMS, PER_SECOND);
            assertThat(latencies.why()).isEmpty();
            assertThat(latencies.count()).isEqualTo(ALARMS);
            assertThat(carrier.name()).isEqualTo(name);
        }
    }

    /** Only a broker that is not installed may be missing, and then it is said. */
    private Carrier open(Paths.Candidate candidate, Cast cast) throws IOException {
        try {
            return candidate.opening().open(Site.loopback(folder), cast);
        } catch (IOException e) {
            Assumptions.assumeFalse(
                    candidate.name().equals(Paths.MQTT)
                            && String.valueOf(e.getMessage()).startsWith("no mosquitto"),
                    e.getMessage());
            throw e;
        }
    }

    @Test
    void a_peers_receiver_takes_no_alarm_that_was_changed() {
        Cast cast = Cast.of("127.0.0.1", 1);
        try (CentreEnd centre = new CentreEnd(cast, new PeerLedger(folder.resolve("ledger.db")))) {
            byte[] alarm = new DeviceEnd(cast, 0).alarm();
            alarm[alarm.length - 1] ^= 1;
            assertThatIllegalStateException().isThrownBy(() -> centre.take(alarm));
        }
    }

    @Test
    void a_peers_device_believes_no_receipt_of_another_alarm() {
        Cast cast = Cast.of("127.0.0.1", 1);
        try (CentreEnd centre = new CentreEnd(cast, new PeerLedger(folder.resolve("ledger.db")))) {
            DeviceEnd device = new DeviceEnd(cast, 0);
            byte[] first = device.alarm();
            byte[] receipt = centre.take(first);
            assertThat(device.verified(receipt, first)).isLessThanOrEqualTo(System.nanoTime());
            assertThatIllegalStateException().isThrownBy(() -> device.verified(receipt, device.alarm()));
        }
    }

    @Test
    void the_alarm_that_all_carry_is_about_as_long_as_the_floors() {
        byte[] alarm = new DeviceEnd(Cast.of("127.0.0.1", 1), 0).alarm();
        assertThat(alarm.length).isBetween(Floor.ALARM_BYTES * 9 / 10, Floor.ALARM_BYTES * 11 / 10);
    }
}
