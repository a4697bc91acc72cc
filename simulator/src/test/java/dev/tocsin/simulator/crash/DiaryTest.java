package dev.tocsin.simulator.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.AlarmId;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiaryTest {

    private static final String A = "school-001/button-1:1.1:00000000000000aa";
    private static final String B = "school-001/button-1:1.2:00000000000000aa";

    private final Diary diary = new Diary();

    @Test
    void what_was_kept_is_durable_for_every_centre() {
        diary.line("raised " + A + " LIVE PANIC RAISED");
        diary.line("kept " + A);
        assertThat(diary.durableFor("police")).containsExactly(id(A));
        assertThat(diary.durableFor("education")).containsExactly(id(A));
    }

    @Test
    void what_one_centre_received_is_durable_for_that_centre_only() {
        diary.line("raised " + A + " LIVE PANIC RAISED");
        diary.line("received " + A + " police");
        assertThat(diary.durableFor("police")).containsExactly(id(A));
        assertThat(diary.durableFor("education")).isEmpty();
    }

    @Test
    void what_was_only_raised_is_counted_undurable() {
        diary.line("raised " + A + " LIVE PANIC RAISED");
        diary.line("raised " + B + " LIVE PANIC UPDATED");
        diary.line("kept " + B);
        assertThat(diary.undurable(List.of("police", "education"))).isEqualTo(1);
    }

    @Test
    void an_id_raised_in_two_lives_is_reused() {
        diary.line("raised " + A + " LIVE PANIC RAISED");
        diary.line("raised " + A + " LIVE PANIC RAISED");
        assertThat(diary.reused()).containsExactly(id(A));
    }

    @Test
    void another_nonce_does_not_excuse_a_number_used_twice() {
        diary.line("raised " + A + " LIVE PANIC RAISED");
        diary.line("raised " + A.replace("aa", "bb") + " LIVE PANIC RAISED");
        assertThat(diary.reused()).hasSize(1);
    }

    @Test
    void an_alarm_that_a_later_life_goes_on_with_is_not_reused() {
        diary.line("raised " + A + " LIVE PANIC RAISED");
        diary.line("resumed " + A + " LIVE PANIC RAISED");
        assertThat(diary.reused()).isEmpty();
        assertThat(diary.raised()).isEqualTo(1);
    }

    @Test
    void other_output_is_passed_over() {
        diary.line("armed school-001/button-1");
        diary.line("lamp RAISED");
        diary.line("kept");
        diary.line("");
        assertThat(diary.raised()).isZero();
    }

    private static AlarmId id(String text) {
        return AlarmId.parse(text).orElseThrow();
    }
}
