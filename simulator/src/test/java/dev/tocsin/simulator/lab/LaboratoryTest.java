package dev.tocsin.simulator.lab;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmStatus;
import dev.tocsin.sdk.session.Delivery;
import dev.tocsin.sdk.system.SystemClock;
import dev.tocsin.simulator.centre.ledger.DrillPlan;
import dev.tocsin.simulator.centre.ledger.EntryType;
import dev.tocsin.simulator.centre.ledger.HeldNotice;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.LedgerView;
import dev.tocsin.simulator.centre.ledger.Submission;
import dev.tocsin.simulator.centre.registry.RegistryFile;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaboratoryTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void a_vendor_s_device_raises_an_alarm_and_both_centres_receipt_it() throws Exception {
        Laboratory lab = create(List.of("gateway-1"));
        try (LabCentres centres = LabCentres.start(
                        lab.centres().stream().map(Laboratory.LabCentre::config).toList());
                TocsinRuntime runtime = TocsinRuntime.start();
                Device device = runtime.open(DeviceConfig.load(folder.resolve("lab/devices/gateway-1/device.toml"))
                        .orThrow())) {
            AlarmStatus status = device.raise(AlarmKind.FIRE).receivedByAll().get(30, TimeUnit.SECONDS);

            assertThat(status.deliveries().values())
                    .extracting(Delivery::state)
                    .containsExactly(Delivery.State.RECEIVED, Delivery.State.RECEIVED);
            assertThat(centres.servers().values())
                    .allSatisfy(centre -> assertThat(
                                    centre.ledger().find(status.alarm().id()))
                            .hasValueSatisfying(
                                    entry -> assertThat(entry.fact().envelope()).isEqualTo(status.envelope())));
        }
    }

    @Test
    void a_device_with_an_sm2_key_is_receipted_by_centres_with_keys_of_two_kinds() throws Exception {
        Laboratory lab = create(List.of("gateway-1"), Optional.of(SignatureAlgorithm.SM2));
        String other = Keys.generatePem(SignatureAlgorithm.ED25519);
        Files.writeString(folder.resolve("lab/police/receipts-key.pem"), other);
        Files.writeString(folder.resolve("lab/police/receipts-public.pem"), Keys.publicPem(other));
        try (LabCentres centres = LabCentres.start(
                        lab.centres().stream().map(Laboratory.LabCentre::config).toList());
                TocsinRuntime runtime = TocsinRuntime.start();
                Device device = runtime.open(DeviceConfig.load(folder.resolve("lab/devices/gateway-1/device.toml"))
                        .orThrow())) {
            AlarmStatus status = device.raise(AlarmKind.FIRE).receivedByAll().get(30, TimeUnit.SECONDS);

            assertThat(SignedEnvelope.read(status.envelope()).orThrow().algorithm())
                    .isEqualTo(SignatureAlgorithm.SM2);
            assertThat(status.deliveries().values())
                    .extracting(Delivery::state)
                    .containsExactly(Delivery.State.RECEIVED, Delivery.State.RECEIVED);
            assertThat(centres.servers()).hasSize(2);
        }
    }

    @Test
    void police_are_told_over_dtls_of_a_drill_that_education_holds() throws Exception {
        Laboratory lab = create(List.of("school-001/button-1"));
        try (LabCentres centres = LabCentres.start(
                        lab.centres().stream().map(Laboratory.LabCentre::config).toList());
                Ledger education = beside(lab, "education");
                Ledger police = beside(lab, "police")) {
            assertThat(centres.servers()).hasSize(2);
            Instant now = new SystemClock().wallTime();
            DrillPlan plan = new DrillPlan("fire-7", "school-001/*", now, now.plusSeconds(600), "yard");

            education.submit(new Submission.BeginDrill(plan, "Zhang"), outcome -> {});
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(told(police)).containsExactly(false));
            education.submit(new Submission.EndDrill(plan, "Li"), outcome -> {});
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(told(police)).containsExactly(false, true));
            await().atMost(ofSeconds(30))
                    .untilAsserted(() -> assertThat(education.drills(Long.MAX_VALUE, 10))
                            .filteredOn(entry -> entry.type() == EntryType.NOTICE_TAKEN)
                            .hasSize(2));
        }
    }

    private static Ledger beside(Laboratory lab, String centre) {
        Path file = lab.folder().resolve(centre).resolve("ledger.db");
        return switch (SqliteLedger.openExisting(file, new SystemClock())) {
            case SqliteLedger.Opening.Opened(SqliteLedger ledger) -> ledger;
            case SqliteLedger.Opening.Unusable(String why) -> throw new AssertionError(why);
        };
    }

    /** Whether each notice was of an end. */
    private static List<Boolean> told(LedgerView ledger) {
        return ledger.drills(Long.MAX_VALUE, 10).reversed().stream()
                .flatMap(entry -> HeldNotice.of(entry).stream())
                .map(held -> held.notice().over())
                .toList();
    }

    @Test
    void every_device_s_configuration_is_good_for_the_firmware() throws IOException {
        Laboratory lab = create(List.of("school-001/button-1", "school-001/button-2", "a", "b", "c"));
        assertThat(lab.devices().values())
                .allSatisfy(home -> assertThat(FirmwareConfig.load(home.resolve("device.toml")))
                        .isInstanceOf(Loaded.Ok.class));
    }

    @Test
    void private_keys_are_for_their_owner_only() throws IOException {
        create(List.of("gateway-1"));
        assertThat(Files.getPosixFilePermissions(folder.resolve("lab/devices/gateway-1/alarm-key.pem")))
                .hasSize(2);
    }

    @Test
    void a_laboratory_is_not_written_over() throws IOException {
        create(List.of());
        assertThatThrownBy(() -> create(List.of())).hasMessageContaining("holds a laboratory already");
    }

    @Test
    void a_device_of_the_laboratory_is_not_enrolled_a_second_time() throws Exception {
        create(List.of("gateway-1"));
        Path registry = folder.resolve("lab/registry.yaml");
        String before = Files.readString(registry);
        String key = Files.readString(folder.resolve("lab/devices/gateway-1/alarm-public.pem"));

        assertThatThrownBy(() -> Laboratory.enrol(folder.resolve("lab"), "gateway-1", key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("enrolled already");
        assertThat(registry).hasContent(before);

        String other = Keys.publicPem(Keys.generatePem(SignatureAlgorithm.ED25519));
        Laboratory.enrol(folder.resolve("lab"), "a-stranger", other);
        assertThat(RegistryFile.load(registry).orThrow().byId("a-stranger")).isPresent();
        assertThat(folder.resolve("lab")).isDirectoryNotContaining("glob:**.next");
    }

    private Laboratory create(List<String> devices) throws IOException {
        return create(devices, Optional.empty());
    }

    private Laboratory create(List<String> devices, Optional<SignatureAlgorithm> signatures) throws IOException {
        return Laboratory.create(
                folder.resolve("lab"),
                new Laboratory.Plan(Ports.free(List.of("police", "education")), devices, "60s", signatures),
                new SystemClock());
    }
}
