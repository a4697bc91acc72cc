package dev.tocsin.simulator.centre.coap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.codec.EvidenceMessages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.detect.Threshold;
import dev.tocsin.sdk.journal.Limits;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.sdk.model.Channel;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.sdk.sensing.Sensor;
import dev.tocsin.sdk.sensing.Watch;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.session.Settings;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.TestCentre;
import dev.tocsin.simulator.centre.TestDevice;
import dev.tocsin.simulator.centre.config.CentreConfig;
import dev.tocsin.simulator.centre.evidence.EvidenceStore;
import dev.tocsin.simulator.centre.ledger.Entry;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.sqlite.SqliteEvidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a sensor's samples to a centre's files, over real DTLS sockets. */
final class EvidenceServerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Channel DISTANCE = new Channel("distance", "m", 0.001);

    @TempDir
    Path folder;

    private final TestDevice rail = new TestDevice("school-007/rail-1");

    private CentreServer start() {
        CentreConfig config =
                CentreConfig.load(TestCentre.in(folder, rail).config()).orThrow();
        return switch (CentreServer.start(config)) {
            case CentreServer.Starting.Started(CentreServer s) -> s;
            case CentreServer.Starting.Failed(var problems) -> throw new AssertionError(problems.toString());
            case CentreServer.Starting.Unavailable(var problem) -> throw new AssertionError(problem.toString());
        };
    }

    private DeviceConfig device(CentreServer server) throws Exception {
        String receipts = Keys.publicPem(Files.readString(folder.resolve("receipts.key")));
        CentreLink police = CentreLink.ofAllKinds(
                "police",
                List.of("coaps://127.0.0.1:" + server.localAddress().getPort()),
                List.of(Keys.verifier(receipts)),
                false);
        Settings settings = new Settings(
                rail.id(), Place.UNKNOWN, List.of(), List.of(police), Duration.ofSeconds(60), Limits.DEFAULT, "test");
        return new DeviceConfig(
                settings, rail.signer(), Optional.of(TestCentre.identityOf(rail.id())), folder.resolve("journal"));
    }

    private static Watch watch(Device device, TocsinRuntime runtime) {
        Sensor sensor = new Sensor("rail", List.of(DISTANCE), Duration.ofMinutes(1), Duration.ofMillis(100));
        Threshold.Settings near = new Threshold.Settings(
                AlarmKind.FALL_RISK, Threshold.Side.BELOW, 0.5, 0.1, Duration.ZERO, Duration.ofSeconds(1));
        return Watch.open(device, runtime, sensor, findings -> new Threshold(near, 0, "m", findings));
    }

    private static List<Entry> alarms(CentreServer server) {
        return server.ledger().entries(1, 100).stream()
                .filter(e -> e.type() == EntryType.ALARM)
                .toList();
    }

    private List<EvidenceStore.Piece> kept(AlarmId alarm) {
        return switch (SqliteEvidence.openExisting(folder.resolve("police.db.evidence"), new SystemClock())) {
            case SqliteEvidence.Opening.Unusable(String why) -> throw new AssertionError(why);
            case SqliteEvidence.Opening.Opened(SqliteEvidence evidence) -> {
                try (evidence) {
                    yield evidence.of(alarm);
                }
            }
        };
    }

    @Test
    void what_a_sensor_measured_around_an_alarm_follows_it_block_by_block() throws Exception {
        try (CentreServer server = start();
                TocsinRuntime runtime = TocsinRuntime.start();
                Device device = runtime.open(device(server))) {
            runtime.execute(() -> {
                Watch watch = watch(device, runtime);
                long now = runtime.clock().nanoTime();
                for (int i = 0; i < 2_500; i++) { // ten seconds at 250 Hz, someone within reach at the end
                    watch.sample(now + (i - 2_499) * 4_000_000L, new double[] {i == 2_499 ? 0.4 : 2 + i % 7 * 0.011});
                }
            });
            await().atMost(PATIENCE).until(() -> alarms(server).size() == 1);
            Entry alarm = alarms(server).getFirst();
            assertThat(alarm.fact().kind()).contains(AlarmKind.FALL_RISK);
            assertThat(alarm.fact().state()).contains(AlarmState.RAISED);
            AlarmId id = alarm.fact().alarm().orElseThrow();
            await().atMost(PATIENCE).until(() -> kept(id).size() == 1);
            SignedEnvelope envelope =
                    SignedEnvelope.readEvidence(kept(id).getFirst().envelope()).orThrow();
            Evidence evidence = EvidenceMessages.read(envelope).orThrow();
            assertThat(envelope.bytes().size()).as("many blocks").isGreaterThan(8 * 1024);
            assertThat(envelope.keyId()).isEqualTo(rail.signer().keyId());
            assertThat(evidence.samples()).isEqualTo(2_500);
            assertThat(evidence.value(2_499, 0)).isEqualTo(0.4);
            assertThat(Files.readString(folder.resolve("police.db.audit.log")))
                    .contains("report of school-007/rail-1: evidence of " + id);
        }
    }
}
