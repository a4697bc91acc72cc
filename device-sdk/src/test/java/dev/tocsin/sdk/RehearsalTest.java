package dev.tocsin.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.system.SystemClock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RehearsalTest {

    /** Then it went all the way that a real one goes, but for the network. */
    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    void every_alarm_of_it_comes_back_with_a_receipt_that_is_believed(SignatureAlgorithm algorithm) {
        assertThat(Rehearsal.run(algorithm, new SystemClock(), new PlatformEntropy(), () -> true))
                .isEqualTo(Rehearsal.ALARMS);
    }

    @Test
    void it_ends_when_its_runtime_does() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(Rehearsal.run(
                        SignatureAlgorithm.ED25519,
                        new SystemClock(),
                        new PlatformEntropy(),
                        () -> asked.incrementAndGet() <= 3))
                .isEqualTo(3);
    }
}
