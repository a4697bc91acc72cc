package dev.tocsin.firmware.board;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.firmware.board.Annunciator.Profile;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AnnunciatorTest {

    private final HandTimers loop = new HandTimers();
    private final LossyBoard board = new LossyBoard(loop);

    @Test
    void it_is_dark_until_told() {
        new Annunciator(board, loop, Profile.AUDIBLE);
        loop.advance(Duration.ofMinutes(1));
        assertThat(board.on).hasSize(3).doesNotContainValue(true);
    }

    @Test
    void armed_is_a_steady_green_lamp_without_a_timer() {
        annunciator(Profile.AUDIBLE).show(Show.ARMED);
        assertThat(beats("ready", 5)).isEqualTo("#####");
        assertThat(beats("lamp", 5)).isEqualTo(".....");
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void raised_blinks_fast_in_red() {
        annunciator(Profile.AUDIBLE).show(Show.RAISED);
        assertThat(beats("lamp", 10)).isEqualTo("##..##..##");
    }

    @Test
    void received_beeps_once() {
        annunciator(Profile.AUDIBLE).show(Show.RECEIVED);
        assertThat(beats("buzzer", 40)).isEqualTo("##" + ".".repeat(38));
    }

    @Test
    void accepted_beeps_twice_and_then_wants_no_timer() {
        annunciator(Profile.AUDIBLE).show(Show.ACCEPTED);
        assertThat(beats("buzzer", 40)).isEqualTo("##..##" + ".".repeat(34));
        assertThat(beats("lamp", 5)).isEqualTo("#####");
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void failed_goes_on_beeping_and_alternates() {
        annunciator(Profile.AUDIBLE).show(Show.FAILED);
        assertThat(beats("buzzer", 44)).isEqualTo(("##" + ".".repeat(18)).repeat(2) + "##..");
        for (int i = 0; i < 20; i++) {
            assertThat(isOn("lamp")).isNotEqualTo(isOn("ready"));
            loop.advance(Duration.ofMillis(100));
        }
    }

    @Test
    void showing_the_same_again_does_not_beep_again() {
        Annunciator annunciator = annunciator(Profile.AUDIBLE);
        annunciator.show(Show.RECEIVED);
        loop.advance(Duration.ofSeconds(1));
        annunciator.show(Show.RECEIVED);
        assertThat(beats("buzzer", 10)).isEqualTo("..........");
    }

    @Test
    void something_new_is_shown_at_once_and_nothing_of_the_old_comes_after() {
        Annunciator annunciator = annunciator(Profile.AUDIBLE);
        annunciator.show(Show.FAILED);
        loop.advance(Duration.ofMillis(730));
        annunciator.show(Show.ARMED);
        assertThat(beats("ready", 30)).doesNotContain(".");
        assertThat(beats("lamp", 30)).doesNotContain("#");
        assertThat(beats("buzzer", 30)).doesNotContain("#");
    }

    @Test
    void a_new_pattern_starts_from_its_beginning_and_keeps_its_own_time() {
        Annunciator annunciator = annunciator(Profile.AUDIBLE);
        annunciator.show(Show.FAILED);
        loop.advance(Duration.ofMillis(430));
        annunciator.show(Show.RECEIVED);
        assertThat(beats("lamp", 12)).isEqualTo("#####.....##");

        loop.advance(Duration.ofMillis(30));
        annunciator.show(Show.RAISED);
        assertThat(beats("lamp", 12)).isEqualTo("##..##..##..");
    }

    @ParameterizedTest
    @EnumSource(Show.class)
    void the_silent_profile_never_sounds_and_never_shows_red(Show show) {
        annunciator(Profile.SILENT).show(show);
        for (int i = 0; i < 100; i++) {
            assertThat(isOn("buzzer") || isOn("lamp")).isFalse();
            loop.advance(Duration.ofMillis(100));
        }
    }

    @ParameterizedTest
    @EnumSource(Show.class)
    void the_silent_profile_shows_something(Show show) {
        annunciator(Profile.SILENT).show(show);
        assertThat(beats("ready", 20)).contains("#");
    }

    @Test
    void closing_puts_everything_out_and_the_same_can_be_shown_after_it() {
        Annunciator annunciator = annunciator(Profile.AUDIBLE);
        annunciator.show(Show.ARMED);
        annunciator.close();
        assertThat(board.on).doesNotContainValue(true);
        assertThat(loop.waiting()).isZero();

        annunciator.show(Show.ARMED);
        assertThat(isOn("ready")).isTrue();
    }

    private Annunciator annunciator(Profile profile) {
        return new Annunciator(board, loop, profile);
    }

    private boolean isOn(String output) {
        return board.on.getOrDefault(output, false);
    }

    /** What the output does over that many beats; time goes on. */
    private String beats(String output, int count) {
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < count; i++) {
            loop.settle();
            seen.append(isOn(output) ? '#' : '.');
            loop.advance(Duration.ofMillis(100));
        }
        return seen.toString();
    }
}
