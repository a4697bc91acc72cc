package dev.tocsin.sdk.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.codec.UpdateMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ProgramVersion;
import dev.tocsin.sdk.model.Slot;
import dev.tocsin.sdk.model.UpdateManifest;
import dev.tocsin.sdk.model.UpdatePhase;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.sdk.testkit.TestKeys;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpdatesTest {

    private final UpdateRig rig = new UpdateRig();

    private void refused(UpdateManifest manifest, String why) {
        Map<String, byte[]> before = Map.copyOf(rig.medium.contents());
        Offer offer = rig.updates().offered(UpdateRig.signed(manifest));
        rig.rest();
        assertThat(offer).isInstanceOf(Offer.Refused.class);
        assertThat(((Offer.Refused) offer).why()).contains(why);
        assertThat(rig.medium.contents()).as("nothing changes").containsExactlyInAnyOrderEntriesOf(before);
        assertThat(rig.source.asked).as("nothing is fetched").isZero();
    }

    @Test
    void a_good_update_is_fetched_tried_and_confirmed() {
        UpdateManifest m = rig.serve(7, "1.1", 5_000);
        rig.boot();

        assertThat(rig.updates().offered(UpdateRig.signed(m))).isEqualTo(new Offer.Taken());
        rig.untilRestart();
        assertThat(rig.updates().report().phase()).isEqualTo(UpdatePhase.RESTARTING);
        rig.restart();
        assertThat(rig.running).isEqualTo(Slot.A);
        assertThat(rig.updates().isTrying()).isTrue();
        rig.proven();

        assertThat(rig.updates().report().phase()).isEqualTo(UpdatePhase.CONFIRMED);
        assertThat(rig.news).containsExactly("updated to 1.1");
        assertThat(rig.faults).isEmpty();
        assertThat(rig.source.served).isEqualTo(5_000);
        rig.restart();
        assertThat(rig.running).isEqualTo(Slot.A);
        assertThat(rig.version).isEqualTo(new ProgramVersion("1.1"));
    }

    @Test
    void the_next_one_goes_into_the_other_slot() {
        rig.boot().updates().offered(UpdateRig.signed(rig.serve(1, "1.1", 3_000)));
        rig.untilRestart().restart().proven();
        rig.updates().offered(UpdateRig.signed(rig.serve(2, "1.2", 3_000)));
        rig.untilRestart().restart().proven();
        assertThat(rig.running).isEqualTo(Slot.B);
        rig.updates().offered(UpdateRig.signed(rig.serve(3, "1.3", 3_000)));
        rig.untilRestart().restart().proven();
        assertThat(rig.running).isEqualTo(Slot.A);
    }

    @Test
    void what_only_passes_its_self_test_is_not_confirmed() {
        rig.boot().updates().offered(UpdateRig.signed(rig.serve(1, "1.1", 3_000)));
        rig.untilRestart().restart().updates().selfTest(true, "");
        rig.time.advance(Duration.ofMinutes(14));
        assertThat(rig.updates().isTrying()).isTrue();
    }

    @Test
    void without_a_receipt_it_is_rolled_back_and_told_by_what_runs_then() {
        rig.boot().updates().offered(UpdateRig.signed(rig.serve(1, "1.1", 3_000)));
        rig.untilRestart().restart().updates().selfTest(true, "");

        rig.untilRestart();
        assertThat(rig.faults).isEmpty();
        rig.restart().rest();

        assertThat(rig.running).isEqualTo(Slot.PACKAGED);
        assertThat(rig.faults)
                .containsExactly("the update to 1.1 was rolled back: no centre gave it a receipt in time");
        assertThat(rig.updates().report().phase()).isEqualTo(UpdatePhase.ROLLED_BACK);
        rig.restart().rest();
        assertThat(rig.faults).as("told once").hasSize(1);
    }

    @Test
    void a_failed_self_test_rolls_back_at_once() {
        rig.boot().updates().offered(UpdateRig.signed(rig.serve(1, "1.1", 3_000)));
        rig.untilRestart().restart().updates().receipt();
        rig.updates().selfTest(false, "the lamp's line cannot be driven");
        rig.untilRestart().restart().rest();
        assertThat(rig.running).isEqualTo(Slot.PACKAGED);
        assertThat(rig.faults).containsExactly("the update to 1.1 was rolled back: its self-test failed");
    }

    @Test
    void one_that_crashes_at_start_is_rolled_back_by_the_launcher() {
        rig.boot().updates().offered(UpdateRig.signed(rig.serve(1, "1.1", 3_000)));
        rig.untilRestart();
        for (int start = 1; start <= SlotChoice.MAX_TRIES; start++) {
            rig.restart();
            assertThat(rig.running).as("start %d", start).isEqualTo(Slot.A);
        }
        rig.restart().rest();
        assertThat(rig.running).isEqualTo(Slot.PACKAGED);
        assertThat(rig.faults)
                .containsExactly("the update to 1.1 was rolled back: it did not keep running after its start");
        assertThat(rig.updates().offered(UpdateRig.signed(rig.serve(1, "1.1", 3_000))))
                .as("the same again")
                .isInstanceOf(Offer.Refused.class);
    }

    @Test
    void a_program_damaged_in_its_slot_is_never_started() {
        UpdateManifest m = rig.serve(1, "1.1", 3_000);
        rig.boot().updates().offered(UpdateRig.signed(m));
        rig.untilRestart();
        rig.medium.rot("a/program." + m.payloadSha256().hex(), 100, 1);
        rig.restart().rest();
        assertThat(rig.running).isEqualTo(Slot.PACKAGED);
        assertThat(rig.faults).containsExactly("the update to 1.1 was rolled back: it is damaged on the medium");
    }

    @Test
    void a_foreign_signer_is_refused() {
        rig.boot();
        UpdateManifest m = rig.serve(1, "1.1", 3_000);
        Offer offer = rig.updates().offered(UpdateMessages.sign(m, TestKeys.signer("somebody")));
        assertThat(offer).isInstanceOf(Offer.Refused.class);
        assertThat(rig.source.asked).isZero();
        assertThat(rig.medium.contents()).isEmpty();
    }

    @Test
    void what_is_not_for_this_device_is_refused_before_anything_changes() {
        rig.boot();
        UpdateManifest good = rig.serve(1, "1.1", 3_000);
        refused(with(good, Bytes.copyOf(new byte[16]), UpdateRig.CLASS), "another vendor");
        refused(
                with(good, UpdateRig.VENDOR, UpdateManifest.Ids.deviceClass(UpdateRig.VENDOR, "tocsin-firmware/arm")),
                "another architecture");
        refused(UpdateRig.manifest(1, "0.9", UpdateRig.program("0.9", 10)), "no downgrade was ordered");
        refused(needing(good, Map.of("java", new ProgramVersion("26"))), "it needs java 26, and here is 25.0");
        refused(needing(good, Map.of("npu", new ProgramVersion("1"))), "it needs npu 1, and here is none");
        refused(over(good, Optional.of(new ProgramVersion("1.0.1")), Optional.empty()), "it goes over 1.0.1");
        refused(over(good, Optional.empty(), Optional.of(good.payloadSha256())), "another program");
    }

    @Test
    void a_downgrade_is_taken_where_it_is_ordered() {
        byte[] old = UpdateRig.program("0.9", 2_000);
        UpdateManifest m = UpdateRig.manifest(3, "0.9", old);
        UpdateManifest ordered = new UpdateManifest(
                m.centre(),
                m.sequence(),
                m.vendor(),
                m.deviceClass(),
                m.version(),
                m.payloadSha256(),
                m.payloadBytes(),
                true,
                m.from(),
                m.precursorSha256(),
                m.needs(),
                m.text());
        rig.source.serve(m.payloadSha256(), old);
        rig.boot();
        assertThat(rig.updates().offered(UpdateRig.signed(ordered))).isEqualTo(new Offer.Taken());
        rig.untilRestart().restart().proven();
        assertThat(rig.version).isEqualTo(new ProgramVersion("0.9"));
    }

    @Test
    void a_manifest_played_again_is_refused() {
        UpdateManifest first = rig.serve(5, "1.1", 3_000);
        rig.boot().updates().offered(UpdateRig.signed(first));
        rig.untilRestart().restart().proven();
        rig.updates().offered(UpdateRig.signed(rig.serve(6, "1.2", 3_000)));
        rig.untilRestart().restart().proven();
        int asked = rig.source.asked;
        Offer offer = rig.updates().offered(UpdateRig.signed(first));
        assertThat(offer).isInstanceOf(Offer.Refused.class);
        assertThat(((Offer.Refused) offer).why()).contains("has been used");
        assertThat(rig.source.asked).isEqualTo(asked);
    }

    @Test
    void a_damaged_payload_is_refused_and_what_ran_goes_on() {
        UpdateManifest m = rig.serve(1, "1.1", 3_000);
        byte[] damaged = UpdateRig.program("1.1", 3_000);
        damaged[1_700] ^= 4;
        rig.source.serve(m.payloadSha256(), damaged);
        rig.boot().updates().offered(UpdateRig.signed(m));
        rig.time.advance(Duration.ofMinutes(1));
        assertThat(rig.restarts).isEmpty();
        assertThat(rig.faults)
                .containsExactly("the update to 1.1 was not installed: the payload is not the one that was signed");
        assertThat(rig.medium.contents()).isEmpty();
        rig.restart();
        assertThat(rig.running).isEqualTo(Slot.PACKAGED);
    }

    @Test
    void after_a_lost_link_only_the_rest_is_fetched() {
        UpdateManifest m = rig.serve(1, "1.1", 10_000);
        rig.boot().updates().offered(UpdateRig.signed(m));
        rig.time.runUntil(() -> rig.source.served >= 4_096, Duration.ofMinutes(1));
        rig.source.down = true;
        rig.time.advance(Duration.ofHours(3));
        rig.source.down = false;
        rig.untilRestart();
        assertThat(rig.source.served).isEqualTo(10_000);
    }

    @Test
    void a_centre_that_gets_too_many_requests_is_asked_again_soon_and_nothing_has_failed() {
        UpdateManifest m = rig.serve(1, "1.1", 10_000);
        rig.boot().updates().offered(UpdateRig.signed(m));
        rig.time.runUntil(() -> rig.source.served >= 4_096, Duration.ofMinutes(1));
        rig.source.tooMany = 12;
        rig.time.advance(Duration.ofSeconds(12 * 6));
        assertThat(rig.source.tooMany).as("5 s apart, never longer").isZero();
        assertThat(rig.updates().report().why()).isEmpty();
        assertThat(rig.restarts).as("it has it all").hasSize(1);
        assertThat(rig.source.served).isEqualTo(10_000);
    }

    /** A receipt key is on a machine in a network; whoever takes it over shall not have the devices' program as well. */
    @Test
    void where_an_update_key_is_configured_an_update_signed_by_the_receipt_key_is_refused() {
        Verifier offline = TestKeys.verifier("updates");
        rig.centres = List.of(
                new UpdateCentre("police", "coaps://police", offline),
                new UpdateCentre("education", "coaps://education", offline));
        UpdateManifest m = rig.serve(1, "1.1", 10_000);
        assertThat(rig.boot().updates().offered(UpdateRig.signed(m)))
                .isEqualTo(new Offer.Refused("it is not signed by a key that may update this device"));
        assertThat(rig.source.asked).isZero();
        assertThat(rig.updates().offered(UpdateMessages.sign(m, TestKeys.signer("updates"))))
                .as("by the key that both share, of the second one")
                .isEqualTo(new Offer.Taken());
        rig.untilRestart();
    }

    @Test
    void after_a_restart_only_the_rest_is_fetched() {
        UpdateManifest m = rig.serve(1, "1.1", 10_000);
        rig.boot().updates().offered(UpdateRig.signed(m));
        rig.time.runUntil(() -> rig.source.served >= 5_120, Duration.ofMinutes(1));
        rig.rest();
        long served = rig.source.served;
        rig.restart(); // and nobody offers it again
        rig.untilRestart();
        assertThat(rig.source.served).isBetween(10_000L, 10_000L + 1_024);
        assertThat(served).isLessThanOrEqualTo(rig.source.served);
    }

    @Test
    void nothing_is_fetched_while_an_alarm_is_under_way() {
        UpdateManifest m = rig.serve(1, "1.1", 10_000);
        rig.boot().updates().offered(UpdateRig.signed(m));
        rig.time.runUntil(() -> rig.source.served >= 4_096, Duration.ofMinutes(1));
        rig.updates().alarmUnderWay(true);
        int asked = rig.source.asked;
        rig.time.advance(Duration.ofMinutes(30));
        assertThat(rig.source.asked - asked)
                .as("at most what a sync was waiting to ask")
                .isZero();
        rig.updates().alarmUnderWay(false);
        rig.untilRestart();
    }

    @Test
    void a_full_medium_is_told_and_what_ran_goes_on() {
        rig.boot();
        rig.medium.room(3_000);
        rig.updates().offered(UpdateRig.signed(rig.serve(1, "1.1", 10_000)));
        rig.time.advance(Duration.ofMinutes(5));
        assertThat(rig.faults)
                .containsExactly("the update to 1.1 was not installed: it cannot be kept: the medium is full");
        assertThat(rig.restarts).isEmpty();
    }

    private static UpdateManifest with(UpdateManifest m, Bytes vendor, Bytes deviceClass) {
        return new UpdateManifest(
                m.centre(),
                m.sequence(),
                vendor,
                deviceClass,
                m.version(),
                m.payloadSha256(),
                m.payloadBytes(),
                m.downgrade(),
                m.from(),
                m.precursorSha256(),
                m.needs(),
                m.text());
    }

    private static UpdateManifest needing(UpdateManifest m, Map<String, ProgramVersion> needs) {
        return new UpdateManifest(
                m.centre(),
                m.sequence(),
                m.vendor(),
                m.deviceClass(),
                m.version(),
                m.payloadSha256(),
                m.payloadBytes(),
                m.downgrade(),
                m.from(),
                m.precursorSha256(),
                needs,
                m.text());
    }

    private static UpdateManifest over(UpdateManifest m, Optional<ProgramVersion> from, Optional<Bytes> precursor) {
        return new UpdateManifest(
                m.centre(),
                m.sequence(),
                m.vendor(),
                m.deviceClass(),
                m.version(),
                m.payloadSha256(),
                m.payloadBytes(),
                m.downgrade(),
                from,
                precursor,
                m.needs(),
                m.text());
    }
}
