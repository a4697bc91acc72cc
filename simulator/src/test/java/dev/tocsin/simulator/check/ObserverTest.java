package dev.tocsin.simulator.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Alarm;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.AlarmState;
import dev.tocsin.simulator.centre.ledger.LedgerCheck;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The observer on ledgers that are as they should be, and on doctored ones. */
class ObserverTest {

    private final SmallWorld world = new SmallWorld();

    @Test
    void presses_that_are_once_in_every_ledger_are_delivered() {
        world.press("a", 100, AlarmState.RAISED);
        world.press("b", 100, AlarmState.RAISED);
        world.reset("a", 900);
        world.press("a", 2000, AlarmState.RAISED);
        Findings f = Observer.examine(world.evidence());
        assertThat(f.alarms()).isEqualTo(new Tally(3, 3, 0, 3, 0, 0, 0, 0));
        assertThat(f.others()).isEqualTo(new Tally(1, 1, 0, 1, 0, 0, 0, 0));
        assertThat(f.wrongs()).isEmpty();
        assertThat(f.presses()).extracting(Fate::name).containsExactly("P100@a", "P100@b", "P2000@a");
        assertThat(f.chains().values()).allMatch(LedgerCheck.Result.Sound.class::isInstance);
    }

    @Test
    void a_press_while_latched_owes_an_update() {
        world.press("a", 100, AlarmState.RAISED);
        world.press("a", 900, AlarmState.UPDATED);
        assertThat(Observer.examine(world.evidence()).alarms()).isEqualTo(new Tally(2, 2, 0, 2, 0, 0, 0, 0));
    }

    @Test
    void a_row_that_is_missing_is_a_lost_alarm() {
        world.press("a", 100, AlarmState.RAISED);
        Alarm missing = world.press("b", 200, AlarmState.RAISED);
        Findings f = Observer.examine(world.evidence(world.copy("education"), without(world.copy("police"), missing)));
        assertThat(f.alarms()).isEqualTo(new Tally(2, 2, 0, 1, 1, 0, 0, 0));
        assertThat(f.wrongs()).containsExactly("P200@b (" + missing.id() + ") is missing in the ledger of police");
    }

    @Test
    void a_reset_that_is_missing_is_lost_too() {
        world.press("a", 100, AlarmState.RAISED);
        Alarm missing = world.reset("a", 900);
        Findings f = Observer.examine(world.evidence(without(world.copy("education"), missing), world.copy("police")));
        assertThat(f.alarms().isClean()).isTrue();
        assertThat(f.others()).isEqualTo(new Tally(1, 1, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void a_row_that_is_there_twice_is_a_duplicate() {
        Alarm doubled = world.press("a", 100, AlarmState.RAISED);
        LedgerCopy police = world.copy("police");
        List<LedgerAlarm> rows = new ArrayList<>(police.alarms());
        rows.add(new LedgerAlarm(2, Instant.EPOCH, false, doubled, true, ""));
        Findings f = Observer.examine(world.evidence(world.copy("education"), withRows(police, rows)));
        assertThat(f.alarms()).isEqualTo(new Tally(1, 1, 0, 1, 0, 1, 0, 0));
        assertThat(f.wrongs())
                .containsExactly("P100@a (" + doubled.id() + ") is in the ledger of police 2 times, in entries 1, 2");
    }

    @Test
    void a_row_that_its_device_did_not_sign_is_forged() {
        world.press("a", 100, AlarmState.RAISED);
        LedgerCopy police = world.copy("police");
        List<LedgerAlarm> rows = new ArrayList<>(police.alarms());
        rows.add(world.forged("stranger"));
        Findings f = Observer.examine(world.evidence(world.copy("education"), withRows(police, rows)));
        assertThat(f.alarms().forgedAccepted()).isEqualTo(1);
        assertThat(f.alarms().delivered()).isEqualTo(1);
    }

    @Test
    void an_alarm_that_nobody_pressed_is_forged_even_if_its_device_signed_it() {
        world.ownAlarm("a", AlarmKind.PANIC, AlarmState.RAISED, 50);
        world.press("a", 100, AlarmState.RAISED);
        Findings f = Observer.examine(world.evidence());
        assertThat(f.alarms()).isEqualTo(new Tally(1, 1, 0, 1, 0, 0, 0, 1));
        assertThat(f.wrongs()).singleElement().asString().contains("nobody did what it tells (PANIC RAISED)");
    }

    @Test
    void a_press_that_became_two_alarms_is_a_duplicate() {
        world.press("a", 100, AlarmState.RAISED);
        world.ownAlarm("a", AlarmKind.PANIC, AlarmState.RAISED, 150);
        Findings f = Observer.examine(world.evidence());
        assertThat(f.alarms()).isEqualTo(new Tally(1, 1, 0, 1, 0, 1, 0, 0));
        assertThat(f.toldAgain()).isEqualTo(1);
    }

    @Test
    void decisions_beyond_the_first_are_counted_with_the_press_they_came_of() {
        world.press("a", 100, AlarmState.RAISED);
        world.ownAlarm("a", AlarmKind.PANIC, AlarmState.UPDATED, 250);
        world.ownAlarm("a", AlarmKind.PANIC, AlarmState.UPDATED, 400);
        world.reset("a", 900);
        world.press("b", 100, AlarmState.RAISED);
        world.press("b", 900, AlarmState.UPDATED);
        Findings f = Observer.examine(world.evidence());
        assertThat(f.toldAgain()).isEqualTo(2);
        assertThat(f.presses()).extracting(Fate::toldAgain).containsExactly(2, 0, 0);
        assertThat(f.alarms().duplicated()).isZero();
    }

    @Test
    void a_press_that_left_no_trace_is_undurable_and_lost() {
        world.unnoticedPress("a", 100);
        Findings f = Observer.examine(world.evidence());
        assertThat(f.alarms()).isEqualTo(new Tally(1, 0, 1, 0, 1, 0, 0, 0));
        assertThat(f.wrongs())
                .containsExactly("P100@a (no alarm) is missing in the ledger of education and police,"
                        + " and was never durable anywhere");
    }

    @Test
    void an_unnoticed_press_does_not_take_the_alarm_of_the_next_one() {
        world.press("a", 100, AlarmState.RAISED);
        world.reset("a", 500);
        world.unnoticedPress("a", 900);
        world.press("a", 1900, AlarmState.UPDATED);
        Findings f = Observer.examine(world.evidence());
        assertThat(f.presses()).extracting(p -> p.alarm().isPresent()).containsExactly(true, false, true);
    }

    @Test
    void a_press_that_is_told_as_an_update_because_the_key_was_missed_is_told() {
        world.press("a", 100, AlarmState.RAISED);
        world.unnoticedReset("a", 500);
        world.press("a", 900, AlarmState.UPDATED);
        Findings f = Observer.examine(world.evidence());
        assertThat(f.alarms()).isEqualTo(new Tally(2, 2, 0, 2, 0, 0, 0, 0));
        assertThat(f.others()).isEqualTo(new Tally(1, 0, 1, 0, 1, 0, 0, 0));
    }

    @Test
    void a_press_told_again_by_a_bouncing_contact_is_an_event_of_its_own() {
        world.press("a", 100, AlarmState.RAISED);
        Alarm again = world.ownAlarm("a", AlarmKind.PANIC, AlarmState.UPDATED, 350);
        assertThat(Observer.examine(world.evidence()).others()).isEqualTo(new Tally(1, 1, 0, 1, 0, 0, 0, 0));
        Findings f = Observer.examine(world.evidence(world.copy("education"), without(world.copy("police"), again)));
        assertThat(f.others().lost()).isEqualTo(1);
        assertThat(f.alarms().isClean()).isTrue();
    }

    @Test
    void a_conflict_is_counted_and_told() {
        world.press("a", 100, AlarmState.RAISED);
        LedgerCopy police = world.copy("police");
        LedgerCopy conflicting = new LedgerCopy(
                police.centre(),
                police.alarms(),
                List.of(new LedgerCopy.Conflict(2, "a", Optional.empty(), Optional.empty(), "a clone", Instant.EPOCH)),
                police.notes(),
                police.unreadable(),
                police.chain());
        Findings f = Observer.examine(world.evidence(world.copy("education"), conflicting));
        assertThat(f.alarms().conflicts()).isEqualTo(1);
        assertThat(f.breaches()).extracting(Breach::promise).containsExactly(Promise.NOTHING_TWICE);
    }

    @Test
    void an_entry_filed_as_a_conflict_serves_whoever_pressed() {
        Alarm alarm = world.press("a", 100, AlarmState.RAISED);
        LedgerCopy filed =
                withRows(world.copy("police"), List.of(new LedgerAlarm(1, Instant.EPOCH, true, alarm, true, "")));
        assertThat(Observer.examine(world.evidence(world.copy("education"), filed))
                        .alarms()
                        .lost())
                .isZero();
    }

    @Test
    void a_fault_is_owed_to_every_centre_without_anybody_pressing() {
        Alarm fault = world.ownAlarm("a", AlarmKind.FAULT, AlarmState.RAISED, 10);
        assertThat(Observer.examine(world.evidence()).others()).isEqualTo(new Tally(1, 1, 0, 1, 0, 0, 0, 0));
        Findings f = Observer.examine(world.evidence(without(world.copy("education"), fault), world.copy("police")));
        assertThat(f.others().lost()).isEqualTo(1);
    }

    @Test
    void the_digest_tells_who_got_what_and_nothing_of_when() {
        world.press("a", 100, AlarmState.RAISED);
        String first = Digest.of(Observer.examine(world.evidence()).presses());
        SmallWorld again = new SmallWorld();
        Alarm alarm = again.press("a", 100, AlarmState.RAISED);
        assertThat(Digest.of(Observer.examine(again.evidence()).presses())).isEqualTo(first);
        Findings lost = Observer.examine(again.evidence(again.copy("education"), without(again.copy("police"), alarm)));
        assertThat(Digest.of(lost.presses())).isNotEqualTo(first);
    }

    @Test
    void a_record_that_was_seen_damaged_in_every_copy_and_told_is_no_loss_of_the_devices() {
        Alarm gone = world.press("a", 100, AlarmState.RAISED);
        world.unreceipted(gone);
        world.ownAlarm("a", AlarmKind.FAULT, AlarmState.RAISED, 900);
        Findings f = Observer.examine(withoutAnywhere(gone, 500, List.of(gone)));
        assertThat(f.alarms()).isEqualTo(new Tally(1, 1, 0, 0, 0, 0, 0, 0, 1));
        assertThat(f.wrongs()).isEmpty();
    }

    @Test
    void the_devices_word_that_it_lost_something_excuses_nothing() {
        Alarm gone = world.press("a", 100, AlarmState.RAISED);
        world.unreceipted(gone);
        world.ownAlarm("a", AlarmKind.FAULT, AlarmState.RAISED, 900);
        assertThat(Observer.examine(withoutAnywhere(gone, 500, List.of()))
                        .alarms()
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void damage_that_the_device_denies_excuses_nothing() {
        Alarm gone = world.press("a", 100, AlarmState.RAISED);
        world.unreceipted(gone);
        world.ownAlarm("a", AlarmKind.FAULT, AlarmState.RAISED, 200); // of something before the damage
        assertThat(Observer.examine(withoutAnywhere(gone, 500, List.of(gone)))
                        .alarms()
                        .lost())
                .isEqualTo(1);
    }

    @Test
    void no_damage_on_a_medium_excuses_a_centre_that_gave_its_receipt() {
        Alarm gone = world.press("a", 100, AlarmState.RAISED);
        world.ownAlarm("a", AlarmKind.FAULT, AlarmState.RAISED, 900);
        assertThat(Observer.examine(withoutAnywhere(gone, 500, List.of(gone)))
                        .alarms()
                        .lost())
                .isEqualTo(1);
    }

    private Evidence withoutAnywhere(Alarm alarm, long cutMs, List<Alarm> spoilt) {
        return world.evidence(
                cutMs, spoilt, without(world.copy("education"), alarm), without(world.copy("police"), alarm));
    }

    private static LedgerCopy without(LedgerCopy copy, Alarm alarm) {
        return withRows(
                copy,
                copy.alarms().stream()
                        .filter(row -> !row.alarm().id().equals(alarm.id()))
                        .toList());
    }

    private static LedgerCopy withRows(LedgerCopy copy, List<LedgerAlarm> rows) {
        return new LedgerCopy(copy.centre(), rows, copy.conflicts(), copy.notes(), copy.unreadable(), copy.chain());
    }
}
