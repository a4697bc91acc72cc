package dev.tocsin.sdk.sensing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.detect.Detection;
import dev.tocsin.sdk.detect.Detector;
import dev.tocsin.sdk.detect.Findings;
import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.testkit.TestKeys;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time = new VirtualTime();
    private final Device device = new Device();
    private final Told told = new Told();
    private final Sensor sensor = new Sensor(
            "rail", List.of(new Channel("distance", "m", 0.001)), Duration.ofSeconds(3), Duration.ofSeconds(2));
    private final Watch watch = watch();

    private Watch watch() {
        Watch made = new Watch(sensor, told, device, time, time);
        made.start();
        return made;
    }

    /** A detector that finds what the test says. */
    private static final class Told implements Detector, java.util.function.Function<Findings, Detector> {
        private Optional<Findings> findings = Optional.empty();
        private Runnable atSample = () -> {};

        @Override
        public Detector apply(Findings to) {
            findings = Optional.of(to);
            return this;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public void sample(long timeNs, double[] values) {
            atSample.run();
        }

        @Override
        public void step(long nowNs) {}
    }

    /** Signs when it is told to, as a device does that arms late. */
    private final class Device implements Alarms {
        final List<AlarmRequest> raised = new ArrayList<>();
        final List<String> faults = new ArrayList<>();
        final List<Evidence> evidence = new ArrayList<>();
        private final List<Runnable> unsigned = new ArrayList<>();
        boolean armed = true;

        @Override
        public void raise(AlarmRequest request, Consumer<AlarmStatus> told) {
            unsigned.add(() -> {
                raised.add(request);
                told.accept(status(request, raised.size()));
            });
            if (armed) {
                time.schedule(0, this::sign);
            }
        }

        void sign() {
            armed = true;
            List.copyOf(unsigned).forEach(each -> {
                unsigned.remove(each);
                each.run();
            });
        }

        @Override
        public void raiseFault(String cause, String text) {
            faults.add("+" + cause + " " + text);
        }

        @Override
        public void clearFault(String cause) {
            faults.add("-" + cause);
        }

        @Override
        public void evidence(AlarmStatus alarm, Evidence attached) {
            assertThat(attached.alarm()).isEqualTo(alarm.alarm().id());
            assertThat(attached.alarmSha256()).isEqualTo(alarm.envelope().sha256());
            evidence.add(attached);
        }

        List<AlarmState> states() {
            return raised.stream().map(AlarmRequest::state).toList();
        }
    }

    private static AlarmId id(int number) {
        return new AlarmId("school-007/rail-1", 1, 1, number);
    }

    private static AlarmStatus status(AlarmRequest r, int number) {
        Alarm alarm = new Alarm(
                id(number),
                r.kind(),
                r.state(),
                r.mode(),
                Place.UNKNOWN,
                List.of(),
                new DeviceTime(Instant.EPOCH, ClockQuality.UNKNOWN, Duration.ZERO),
                r.stages(),
                r.about(),
                r.text());
        return new AlarmStatus(
                alarm, Messages.sign(alarm, TestKeys.signer("d")).bytes(), 0, OptionalLong.empty(), Map.of());
    }

    private void finds(AlarmKind kind, AlarmState state) {
        told.findings
                .orElseThrow()
                .found(new Detection(kind, state, time.nanoTime() - 5, time.nanoTime(), state + " at 0.4 m"));
    }

    private void passes(Duration duration) {
        for (long ms = 0; ms < duration.toMillis(); ms += 100) {
            watch.sample(time.nanoTime(), new double[] {0.4});
            time.advance(Duration.ofMillis(100));
        }
    }

    @Test
    void a_detection_becomes_a_live_alarm_and_what_follows_is_about_it() {
        finds(AlarmKind.FALL_RISK, AlarmState.RAISED);
        passes(SECOND);
        finds(AlarmKind.FALL_RISK, AlarmState.UPDATED);
        finds(AlarmKind.FALL_RISK, AlarmState.RESTORED);
        passes(SECOND);
        assertThat(device.states()).containsExactly(AlarmState.RAISED, AlarmState.UPDATED, AlarmState.RESTORED);
        assertThat(device.raised).allSatisfy(r -> {
            assertThat(r.mode()).isEqualTo(Mode.LIVE);
            assertThat(r.kind()).isEqualTo(AlarmKind.FALL_RISK);
            assertThat(r.stages().decidedNs() - r.stages().edgeNs()).isEqualTo(5);
        });
        assertThat(device.raised)
                .extracting(AlarmRequest::about)
                .containsExactly(Optional.empty(), Optional.of(id(1)), Optional.of(id(1)));
    }

    @Test
    void what_follows_before_the_alarm_has_its_id_waits_for_it_in_order() {
        device.armed = false;
        finds(AlarmKind.WATER_INTRUSION, AlarmState.RAISED);
        finds(AlarmKind.WATER_INTRUSION, AlarmState.UPDATED);
        finds(AlarmKind.WATER_INTRUSION, AlarmState.RESTORED);
        finds(AlarmKind.WATER_INTRUSION, AlarmState.RAISED);
        passes(SECOND);
        assertThat(device.raised).isEmpty();
        device.sign();
        passes(SECOND);
        assertThat(device.states())
                .containsExactlyInAnyOrder(
                        AlarmState.RAISED, AlarmState.UPDATED, AlarmState.RESTORED, AlarmState.RAISED);
        assertThat(device.raised.stream().filter(r -> r.about().isPresent()).map(AlarmRequest::state))
                .containsExactly(AlarmState.UPDATED, AlarmState.RESTORED);
        assertThat(device.raised.stream().flatMap(r -> r.about().stream())).containsOnly(id(1));
    }

    @Test
    void a_standing_alarm_is_not_raised_again_and_each_kind_has_its_own() {
        for (int i = 0; i < 1_000; i++) {
            finds(AlarmKind.FALL_RISK, AlarmState.RAISED);
        }
        finds(AlarmKind.TAMPER, AlarmState.RAISED);
        passes(SECOND);
        assertThat(device.raised).extracting(AlarmRequest::kind).containsExactly(AlarmKind.FALL_RISK, AlarmKind.TAMPER);
    }

    @Test
    void an_update_that_nothing_was_raised_before_is_raised() {
        finds(AlarmKind.WATER_LEVEL, AlarmState.UPDATED);
        finds(AlarmKind.GAS, AlarmState.RESTORED);
        passes(SECOND);
        assertThat(device.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void a_mad_detector_cannot_fill_the_journal_and_its_alarm_stands_until_it_is_calm() {
        for (int i = 0; i < 3_000; i++) {
            finds(AlarmKind.FALL, AlarmState.RAISED);
            finds(AlarmKind.FALL, AlarmState.UPDATED);
            passes(Duration.ofMillis(100));
            finds(AlarmKind.FALL, AlarmState.RESTORED);
        }
        int told = device.raised.size();
        assertThat(told).isLessThan(60);
        assertThat(device.states().getLast()).as("it stands").isNotEqualTo(AlarmState.RESTORED);
        passes(Duration.ofSeconds(59));
        assertThat(device.raised).as("and the last that was worse").hasSizeBetween(told, told + 1);
        passes(Duration.ofSeconds(3));
        assertThat(device.states().getLast()).isEqualTo(AlarmState.RESTORED);
        passes(Duration.ofMinutes(15));
        finds(AlarmKind.FALL, AlarmState.RAISED);
        passes(SECOND);
        assertThat(device.states().getLast()).isEqualTo(AlarmState.RAISED);
    }

    @Test
    void no_fall_is_dropped_however_many_there_were() {
        finds(AlarmKind.FALL, AlarmState.RAISED);
        for (int i = 0; i < 29; i++) {
            passes(Duration.ofMinutes(10));
            finds(AlarmKind.FALL, AlarmState.UPDATED);
        }
        passes(SECOND);
        assertThat(device.raised).hasSize(30);
        assertThat(device.states()).filteredOn(AlarmState.RAISED::equals).hasSize(1 + 29 - Incident.MAX_UPDATES);
        finds(AlarmKind.FALL, AlarmState.RESTORED);
        passes(SECOND);
        assertThat(device.states()).filteredOn(AlarmState.RESTORED::equals).hasSize(1 + 29 - Incident.MAX_UPDATES);
    }

    @Test
    void updates_beyond_the_most_are_told_once_a_minute_and_the_last_before_the_end() {
        finds(AlarmKind.FALL, AlarmState.RAISED);
        for (int i = 0; i < 130; i++) {
            passes(SECOND);
            finds(AlarmKind.FALL, AlarmState.UPDATED);
        }
        assertThat(device.states()).filteredOn(AlarmState.RAISED::equals).hasSize(3);
        finds(AlarmKind.FALL, AlarmState.RESTORED);
        passes(SECOND);
        assertThat(device.states()).filteredOn(AlarmState.RAISED::equals).hasSize(4);
        assertThat(device.states()).filteredOn(AlarmState.RESTORED::equals).hasSize(4);
    }

    @Test
    void bad_health_is_a_fault_of_the_device_under_the_sensor_s_name() {
        told.findings.orElseThrow().health("stuck", true, "0.412 m for 5 s");
        watch.trouble("bus", "no acknowledge from 0x10");
        told.findings.orElseThrow().health("stuck", false, "");
        watch.well("bus");
        assertThat(device.faults)
                .containsExactly(
                        "+rail-stuck rail: 0.412 m for 5 s",
                        "+rail-bus rail: no acknowledge from 0x10",
                        "-rail-stuck",
                        "-rail-bus");
    }

    @Test
    void a_loose_plug_is_one_fault_until_it_has_been_firm_for_a_minute() {
        for (int i = 0; i < 100; i++) {
            watch.trouble("silent", "no sample for 5 s");
            passes(SECOND);
            watch.well("silent");
        }
        int before = device.faults.size();
        assertThat(before).isLessThan(20);
        passes(Duration.ofSeconds(62));
        assertThat(device.faults).hasSize(before + 1);
        assertThat(device.faults.getLast()).isEqualTo("-rail-silent");
    }

    @Test
    void the_window_around_a_detection_is_evidence_when_its_time_is_over() {
        passes(Duration.ofSeconds(10));
        finds(AlarmKind.FALL_RISK, AlarmState.RAISED);
        passes(Duration.ofMillis(1_900));
        assertThat(device.evidence).isEmpty();
        passes(Duration.ofMillis(200));
        assertThat(device.evidence).singleElement().satisfies(e -> {
            assertThat(e.alarm()).isEqualTo(id(1));
            assertThat(e.sensor()).isEqualTo("rail");
            assertThat(e.samples()).isBetween(50, 52);
            assertThat(e.value(0, 0)).isEqualTo(0.4);
        });
        finds(AlarmKind.FALL_RISK, AlarmState.UPDATED);
        passes(Duration.ofSeconds(3));
        assertThat(device.evidence).hasSize(2);
        finds(AlarmKind.FALL_RISK, AlarmState.RESTORED);
        passes(Duration.ofSeconds(3));
        assertThat(device.evidence).as("an end needs none").hasSize(2);
    }

    @Test
    void a_sensor_that_falls_silent_leaves_the_evidence_that_there_is() {
        passes(SECOND);
        finds(AlarmKind.FALL_RISK, AlarmState.RAISED);
        time.advance(Duration.ofSeconds(5));
        assertThat(device.evidence).hasSize(1);
    }

    @Test
    void a_fast_sensor_s_window_still_holds_the_event() {
        long t0 = time.nanoTime();
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                finds(AlarmKind.FALL, AlarmState.RAISED);
                time.settle();
            }
            watch.sample(t0 + i * 100_000L, new double[] {i == 10_000 ? 9 : 0}); // 10 kHz
        }
        time.advance(SECOND);
        assertThat(device.evidence).singleElement().satisfies(e -> {
            boolean seen = false;
            for (int i = 0; i < e.samples(); i++) {
                seen |= e.value(i, 0) == 9;
            }
            assertThat(seen).isTrue();
        });
    }

    @Test
    void evidence_of_many_detections_at_once_is_bounded() {
        passes(SECOND);
        for (AlarmKind kind : AlarmKind.values()) {
            finds(kind, AlarmState.RAISED);
        }
        passes(Duration.ofSeconds(5));
        assertThat(device.raised).hasSize(AlarmKind.values().length);
        assertThat(device.evidence).hasSize(Watch.MAX_TAKEN_AT_ONCE);
    }

    @Test
    void a_listener_hears_of_it_before_the_device_does_and_cannot_keep_it_from_it() {
        List<Integer> raisedThen = new ArrayList<>();
        watch.onDetection(d -> {
            raisedThen.add(device.raised.size() + device.unsigned.size());
            throw new IllegalStateException("a siren's bug");
        });
        finds(AlarmKind.DROWNING, AlarmState.RAISED);
        passes(SECOND);
        assertThat(raisedThen).containsExactly(0);
        assertThat(device.states()).containsExactly(AlarmState.RAISED);
    }

    @Test
    void a_detector_that_throws_is_a_fault_told_once() {
        told.atSample = () -> {
            throw new IllegalStateException("a detector's bug");
        };
        passes(SECOND);
        assertThat(device.faults)
                .containsExactly("+rail-detector rail: the detector threw java.lang.IllegalStateException:"
                        + " a detector's bug");
    }

    @Test
    void a_closed_watch_finds_nothing_any_more() {
        watch.close();
        finds(AlarmKind.FALL, AlarmState.RAISED);
        watch.sample(time.nanoTime(), new double[] {1});
        assertThat(time.runUntilIdle(Duration.ofMinutes(1))).isTrue();
        assertThat(device.raised).isEmpty();
    }

    @Test
    void a_detector_that_wants_more_channels_than_there_are_is_refused() {
        Sensor none = new Sensor("x", List.of(new Channel("a", "1", 1)));
        Detector two = new Detector() {
            @Override
            public int channels() {
                return 2;
            }

            @Override
            public void sample(long timeNs, double[] values) {}

            @Override
            public void step(long nowNs) {}
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Watch(none, findings -> two, device, time, time))
                .withMessage("the detector wants 2 channels, sensor x has 1");
    }
}
