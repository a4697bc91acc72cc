package dev.tocsin.simulator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.testkit.SharedData;
import dev.tocsin.simulator.network.Capacity.Opportunities;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final int KIB = 1024;

    private final TwoHosts hosts = new TwoHosts(1);

    @AfterEach
    void close() {
        hosts.close();
    }

    @Test
    void a_slow_line_takes_one_after_the_other() {
        hosts.network.conditions(Conditions.delayed(Duration.ZERO));
        hosts.device.uplink(new Capacity.Rate(8_000, 64 * KIB)); // 1 byte a ms
        hosts.send(3, 100 - Conditions.HEADER_BYTES);
        hosts.run(Duration.ofSeconds(10));
        assertThat(hosts.atCentre).extracting(TwoHosts.Arrival::atMs).containsExactly(100L, 200L, 300L);
    }

    @Test
    void what_does_not_fit_into_the_queue_is_dropped() {
        hosts.centre.downlink(new Capacity.Rate(8_000, 250));
        hosts.send(3, 100 - Conditions.HEADER_BYTES);
        hosts.run(Duration.ofSeconds(10));
        assertThat(hosts.numbersAtCentre()).containsExactly(0, 1);
        assertThat(Collections.frequency(hosts.fates, Fate.QUEUE_FULL)).isEqualTo(1);
        hosts.send(1, 100);
        hosts.run(Duration.ofSeconds(10));
        assertThat(hosts.numbersAtCentre()).containsExactly(0, 1, 3);
    }

    @Test
    void a_recorded_line_carries_at_its_opportunities_only_round_and_round() {
        hosts.network.conditions(Conditions.delayed(Duration.ZERO));
        hosts.device.uplink(new Capacity.Recorded(Opportunities.of(List.of("0", "0", "700", "1000")), 64 * KIB));
        hosts.send(6, 1472); // a whole opportunity each
        hosts.run(Duration.ofSeconds(10));
        long first = hosts.atCentre.getFirst().atMs();
        assertThat(first).isLessThanOrEqualTo(1_000);
        assertThat(hosts.atCentre).hasSize(6);
        // in every second of the recording there are four
        assertThat(hosts.atCentre.get(4).atMs() - first).isEqualTo(1_000);
    }

    @Test
    void small_packets_that_wait_share_an_opportunity() {
        hosts.network.conditions(Conditions.delayed(Duration.ZERO));
        hosts.device.uplink(new Capacity.Recorded(Opportunities.of(List.of("1000")), 64 * KIB));
        hosts.send(15, 100 - Conditions.HEADER_BYTES);
        hosts.send(1, 100 - Conditions.HEADER_BYTES);
        hosts.run(Duration.ofSeconds(10));
        assertThat(hosts.atCentre.get(14).atMs())
                .isEqualTo(hosts.atCentre.get(0).atMs());
        assertThat(hosts.atCentre.get(15).atMs() - hosts.atCentre.get(0).atMs()).isEqualTo(1_000);
    }

    @Test
    void a_recording_that_is_none_is_refused_with_its_line() {
        assertThatThrownBy(() -> Opportunities.of(List.of("5", "4"))).hasMessage("line 2: time runs back");
        assertThatThrownBy(() -> Opportunities.of(List.of("x"))).hasMessageStartingWith("line 1: not a number");
        assertThatThrownBy(() -> Opportunities.of(List.of("0"))).hasMessageContaining("0 ms");
    }

    @Test
    void recorded_cellular_traces_can_be_read() throws IOException {
        Opportunities trace = Opportunities.read(SharedData.orSkip("net/ATT-LTE-driving-2016.up"));
        assertThat(trace.lengthMs()).isBetween(119_000L, 121_000L);
    }
}
