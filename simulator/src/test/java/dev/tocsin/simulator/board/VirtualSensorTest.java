package dev.tocsin.simulator.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.firmware.board.sensor.SampleSink;
import dev.tocsin.firmware.board.sensor.SensorSource;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VirtualSensorTest {

    private static final VirtualSensor.Part DISTANCE = part(false);

    private final World world = World.open(new Seed(7), Instant.parse("2027-03-01T00:00:00Z"));
    private final VirtualLoop loop = world.loop("device");
    private final List<Double> read = new ArrayList<>();

    private static VirtualSensor.Part part(boolean stays) {
        return new VirtualSensor.Part(
                List.of(new VirtualSensor.Channel(4, 0, false)),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                stays,
                8);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private VirtualSensor opened(VirtualSensor.Part part) {
        VirtualSensor sensor = new VirtualSensor(
                part, world::nanoTime, world.seed().child("noise").entropy());
        SensorSource source = sensor.open(loop, world::nanoTime);
        source.start(new SampleSink() {
            @Override
            public void sample(long timeNs, double[] values) {
                read.add(values[0]);
            }

            @Override
            public void trouble(String cause, String text) {}

            @Override
            public void well(String cause) {}
        });
        return sensor;
    }

    private List<Double> after(Duration time) {
        read.clear();
        var unused = world.runUntil(() -> false, time);
        return read;
    }

    @Test
    void at_rest_it_samples_slowly_and_at_its_rate_while_something_is_to_come() {
        VirtualSensor sensor = opened(DISTANCE);
        assertThat(after(Duration.ofSeconds(10))).hasSize(10).containsOnly(4.0);
        sensor.expect(Duration.ofSeconds(10));
        assertThat(after(Duration.ofSeconds(20)).size()).isBetween(95, 115);
    }

    @Test
    void it_reads_what_is_played_for_so_long_and_then_its_rest() {
        VirtualSensor sensor = opened(DISTANCE);
        sensor.play(DistanceModel.empty(1), Duration.ofSeconds(5));
        assertThat(after(Duration.ofMillis(4_900))).contains(1.0);
        assertThat(after(Duration.ofSeconds(5))).endsWith(4.0);
        assertThatThrownBy(() -> sensor.play(ImuModel.still(), Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void water_stays_where_it_was_when_nothing_is_played_any_more() {
        VirtualSensor sensor = opened(part(true));
        sensor.play(LevelModel.still(2), Duration.ofSeconds(5));
        var unused = after(Duration.ofSeconds(20));
        assertThat(after(Duration.ofSeconds(20))).hasSize(20).containsOnly(2.0);
    }

    @Test
    void what_is_wrong_with_it_is_so_for_a_while() {
        VirtualSensor sensor = opened(DISTANCE);
        sensor.stick(Duration.ofSeconds(5));
        assertThat(after(Duration.ofSeconds(4))).contains(8.0);
        assertThat(after(Duration.ofSeconds(10))).endsWith(4.0);
        sensor.breakWire(Duration.ofSeconds(5));
        assertThat(after(Duration.ofSeconds(4))).isEmpty();
        assertThat(after(Duration.ofSeconds(10))).endsWith(4.0);
        sensor.saturate(3, Duration.ofSeconds(5));
        assertThat(after(Duration.ofSeconds(4))).containsOnly(3.0);
        assertThat(after(Duration.ofSeconds(10))).endsWith(4.0);
        sensor.play(DistanceModel.empty(1), Duration.ofSeconds(2));
        var unused = after(Duration.ofMillis(1_500));
        sensor.freeze(Duration.ofSeconds(5));
        assertThat(after(Duration.ofSeconds(4))).containsOnly(1.0);
        assertThat(after(Duration.ofSeconds(10))).endsWith(4.0);
    }

    @Test
    void without_power_it_reads_nothing_and_what_happens_goes_on() {
        VirtualSensor sensor = opened(DISTANCE);
        loop.cut();
        assertThat(after(Duration.ofSeconds(5))).isEmpty();
        sensor.play(DistanceModel.empty(1), Duration.ofSeconds(5));
        assertThat(after(Duration.ofSeconds(5))).isEmpty();
    }
}
