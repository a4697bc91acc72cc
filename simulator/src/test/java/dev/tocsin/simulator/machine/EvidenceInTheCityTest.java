package dev.tocsin.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.RaisedAlarm;
import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.testkit.TestEvidence;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.machine.SmallCity.Plan;
import dev.tocsin.simulator.network.Conditions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evidence over the real CoAP, and DTLS where secure, through a network that loses blocks. */
@Timeout(120)
class EvidenceInTheCityTest {

    private static final int SAMPLES = 2_000; // some 12 KiB, a dozen blocks

    private static SmallCity city(long seed, boolean secure) throws GeneralSecurityException {
        SmallCity city = new SmallCity(new Plan(seed, 1, List.of("police"), secure, Duration.ofSeconds(60)));
        city.on(Duration.ZERO);
        city.world.run(Duration.ofSeconds(30));
        return city;
    }

    private static Evidence attach(SmallCity city, RaisedAlarm raised) {
        city.world.run(Duration.ofMillis(1));
        AlarmStatus status = raised.status().orElseThrow();
        Evidence evidence = TestEvidence.large(status.alarm().id(), status.envelope(), SAMPLES);
        unit(city).device().evidence(status, evidence);
        return evidence;
    }

    private static SmallCity.Unit unit(SmallCity city) {
        return city.units.values().iterator().next();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lost_blocks_are_sent_again_until_all_of_it_is_kept_just_as_it_was_signed(boolean secure)
            throws GeneralSecurityException {
        for (long seed = 1; seed <= 5; seed++) {
            try (SmallCity city = city(seed, secure)) {
                city.network.conditions(Conditions.GOOD.withLoss(0.2).withDuplicates(0.05));
                RaisedAlarm raised = unit(city).device().raise(AlarmKind.FALL);
                Evidence evidence = attach(city, raised);
                city.world.run(Duration.ofMinutes(30));
                List<EvidenceStore.Piece> kept = city.evidenceAt("police", evidence.alarm());
                assertThat(kept).as("seed %d", seed).hasSize(1);
                SignedEnvelope envelope =
                        SignedEnvelope.readEvidence(kept.getFirst().envelope()).orThrow();
                assertThat(EvidenceMessages.read(envelope).orThrow()).isEqualTo(evidence);
                assertThat(city.failures).isEmpty();
            }
        }
    }

    @Test
    void no_block_leaves_before_the_alarm_s_receipt_and_none_while_another_alarm_waits()
            throws GeneralSecurityException {
        try (SmallCity city = city(7, false)) {
            List<String> wire = new ArrayList<>();
            city.network.tap((nowNs, datagram, fate) -> {
                String text = new String(datagram.data().readOnlyArray(), StandardCharsets.ISO_8859_1);
                // each request names its path, each receipt its type
                if (text.contains("evidence")) {
                    wire.add("evidence");
                } else if (text.contains("alarm")) {
                    wire.add("alarm");
                } else if (text.contains("application/vnd.tocsin.answer")) {
                    wire.add("receipt");
                }
            });
            RaisedAlarm first = unit(city).device().raise(AlarmKind.FALL);
            Evidence evidence = attach(city, first);
            city.world.run(Duration.ofMillis(200));
            assertThat(wire.subList(0, 3)).containsExactly("alarm", "receipt", "evidence");
            assertThat(wire.stream().filter("evidence"::equals)).hasSizeBetween(2, 10);
            RaisedAlarm second = unit(city).device().raise(AlarmKind.DROWNING);
            int begins = wire.size();
            city.world.run(Duration.ofMinutes(1));
            assertThat(second.receivedByAll()).isCompleted();
            List<String> after = wire.subList(begins, wire.size());
            assertThat(after.indexOf("alarm")).as("at once").isLessThanOrEqualTo(1);
            assertThat(after.subList(after.indexOf("alarm"), after.indexOf("receipt")))
                    .as("nothing beside the alarm")
                    .doesNotContain("evidence");
            assertThat(city.evidenceAt("police", evidence.alarm())).hasSize(1);
            assertThat(city.failures).isEmpty();
        }
    }

    @Test
    void evidence_outlives_power_cuts_of_device_and_centre() throws GeneralSecurityException {
        try (SmallCity city = city(5, true)) {
            RaisedAlarm raised = unit(city).device().raise(AlarmKind.FALL);
            city.world.run(Duration.ofSeconds(2));
            city.centres.values().iterator().next().cut(Duration.ofMinutes(2));
            AlarmId alarm = attach(city, raised).alarm();
            city.world.run(Duration.ofSeconds(30));
            unit(city).machine.cut(Duration.ofSeconds(30));
            city.world.run(Duration.ofMinutes(15));
            assertThat(city.evidenceAt("police", alarm)).hasSize(1);
            assertThat(city.failures).isEmpty();
        }
    }
}
