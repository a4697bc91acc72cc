package dev.tocsin.sdk.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.testkit.TestKeys;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleWindowTest {

    private static final AlarmId ALARM = new AlarmId("d".repeat(64), Long.MAX_VALUE, -1, Long.MAX_VALUE);
    private static final Bytes SHA = Bytes.EMPTY.sha256();
    private static final long MS = 1_000_000;

    private static SampleWindow window(int channels) {
        return new SampleWindow(Collections.nCopies(channels, new Channel("x".repeat(24), "y".repeat(24), 0.001)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 9, 16})
    void a_full_window_fits_into_one_piece_of_evidence_whatever_is_in_it(int channels) {
        SampleWindow window = window(channels);
        double[] sample = new double[channels];
        long timeNs = 0;
        for (int i = 0; i < window.capacity(); i++) {
            timeNs += i % 8 == 0 ? 4_000 * MS : 2_000 * MS; // 10 minutes hold at most 300 gaps this long
            sample[i % channels] = i;
            window.add(timeNs, sample);
        }
        Evidence evidence = window.evidence(ALARM, SHA, "s".repeat(64), timeNs - 600_000 * MS);
        assertThat(evidence.samples()).isGreaterThan(250);
        Evidence whole = fast(channels);
        assertThat(whole.samples()).isEqualTo(window.capacity());
        for (Evidence each : List.of(evidence, whole)) {
            SignedEnvelope signed = EvidenceMessages.sign(each, TestKeys.signer("device"));
            assertThat(signed.bytes().size()).isLessThanOrEqualTo(Evidence.MAX_BYTES);
        }
    }

    private static Evidence fast(int channels) {
        SampleWindow window = window(channels);
        double[] sample = new double[channels];
        for (int i = 0; i < 3 * window.capacity(); i++) {
            window.add(i * 20L * MS, sample);
        }
        return window.evidence(ALARM, SHA, "s".repeat(64), 0);
    }

    @Test
    void only_the_newest_are_kept_and_of_these_what_is_asked_for() {
        SampleWindow window = window(1);
        int all = window.capacity() + 10;
        for (int i = 0; i < all; i++) {
            window.add(i * MS, new double[] {i * 0.001});
        }
        assertThat(window.since(0)).isEqualTo(window.capacity());
        Evidence evidence = window.evidence(ALARM, SHA, "rail", (all - 3) * MS);
        assertThat(evidence.samples()).isEqualTo(3);
        assertThat(evidence.firstNs()).isEqualTo((all - 3) * MS);
        assertThat(evidence.gapUs(0)).isZero();
        assertThat(evidence.gapUs(2)).isEqualTo(1_000);
        assertThat(evidence.steps(2, 0)).isEqualTo((short) (all - 1));
    }

    @Test
    void rounding_of_times_does_not_add_up() {
        SampleWindow window = window(1);
        for (int i = 0; i < 3_000; i++) {
            window.add(i * 4_807_692L, new double[1]); // 208 Hz
        }
        Evidence evidence = window.evidence(ALARM, SHA, "imu", 0);
        long us = 0;
        for (int i = 0; i < evidence.samples(); i++) {
            us += evidence.gapUs(i);
        }
        assertThat(us).isEqualTo((evidence.samples() - 1) * 4_807_692L / 1_000);
    }

    @Test
    void a_sample_out_of_order_is_left_out() {
        SampleWindow window = window(1);
        window.add(10, new double[] {1});
        window.add(10, new double[] {2});
        window.add(5, new double[] {3});
        assertThat(window.since(0)).isEqualTo(1);
    }

    @Test
    void a_sample_allocates_nothing() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        SampleWindow window = window(6);
        double[] sample = {1, 2, 3, 4, 5, Double.NaN};
        for (int i = 0; i < 20_000; i++) {
            window.add(i, sample);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 20_000; i < 120_000; i++) {
            window.add(i, sample);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("for 100,000 samples; the measurement takes some itself")
                .isLessThan(1_000);
    }
}
