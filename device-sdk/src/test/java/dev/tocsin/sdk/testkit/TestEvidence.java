package dev.tocsin.sdk.testkit;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import java.util.List;

/** Evidence as a test needs it. */
public final class TestEvidence {

    private static final List<Channel> CHANNELS = List.of(new Channel("up", "g", 0.001), new Channel("wet", "1", 1));

    private TestEvidence() {}

    /** Three samples of two channels; one value was no number, and one lay beyond what can be told. */
    public static Evidence small(AlarmId alarm, Bytes alarmEnvelope) {
        return new Evidence(
                alarm,
                alarmEnvelope.sha256(),
                "waist",
                CHANNELS,
                5_000_000_000L,
                new int[] {0, 5_000, 5_125},
                new short[] {1_002, 0, Short.MAX_VALUE, 1, -3, Evidence.NOT_A_NUMBER});
    }

    /** So many samples that it takes several blocks. */
    public static Evidence large(AlarmId alarm, Bytes alarmEnvelope, int samples) {
        int[] gaps = new int[samples];
        short[] values = new short[2 * samples];
        for (int i = 1; i < samples; i++) {
            gaps[i] = 5_000;
            values[2 * i] = (short) (i * 7919);
        }
        return new Evidence(alarm, alarmEnvelope.sha256(), "waist", CHANNELS, 5_000_000_000L, gaps, values);
    }
}
