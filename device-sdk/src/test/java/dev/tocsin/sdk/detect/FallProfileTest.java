package dev.tocsin.sdk.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What a profile and its cues take. */
class FallProfileTest {

    private static final Cue LIGHT = new Cue(0.95, 0.5, 0.2);
    private static final Cue HIT = new Cue(2, 6, 0.3);
    private static final Cue TURN = new Cue(20, 80, 0.3);
    private static final Cue STILL = new Cue(0.5, 0.05, 0.2);
    private static final Cue CALM = new Cue(1, 0.2, 0);
    private static final FallProfile.Recovery UP = new FallProfile.Recovery(30, 16, 3);

    private static FallProfile profile(Cue light, Cue hit, Cue turn, Cue still, Cue calm, double needed) {
        return new FallProfile("test", light, hit, turn, still, calm, needed, UP);
    }

    @Test
    void a_cue_speaks_in_proportion_between_its_ends() {
        assertThat(HIT.of(1.9)).isZero();
        assertThat(HIT.of(4)).isCloseTo(0.15, within(1e-9));
        assertThat(HIT.of(60)).isCloseTo(0.3, within(1e-9));
        assertThat(STILL.of(0.6)).isZero();
        assertThat(STILL.of(0)).isCloseTo(0.2, within(1e-9));
        assertThat(HIT.of(Double.NaN)).isZero();
        assertThat(HIT.isMet(Double.NaN)).isFalse();
        assertThat(HIT.isMet(2)).isFalse();
        assertThat(STILL.isMet(0.4)).isTrue();
    }

    @Test
    void what_is_out_of_range_is_refused_with_its_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(LIGHT, new Cue(0.9, 6, 0.3), TURN, STILL, CALM, 0.6))
                .withMessageContaining("impact is out of range");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(LIGHT, HIT, new Cue(20, 200, 0.3), STILL, CALM, 0.6))
                .withMessageContaining("turn is out of range");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(LIGHT, HIT, TURN, STILL, CALM, 1.1))
                .withMessageContaining("needed is out of range");
        assertThatIllegalArgumentException().isThrownBy(() -> new FallProfile.Recovery(100, 16, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new FallProfile.Recovery(30, Double.NaN, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> new FallProfile.Recovery(30, 16, 0));
    }

    @Test
    void an_end_on_the_wrong_side_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(LIGHT, HIT, TURN, new Cue(0.05, 0.5, 0.2), CALM, 0.6))
                .withMessageContaining("still: full must be below none");
        assertThatIllegalArgumentException().isThrownBy(() -> new Cue(1, 1, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cue(1, Double.NaN, 0.5));
        assertThatIllegalArgumentException().isThrownBy(() -> new Cue(1, 2, -0.1));
    }

    @Test
    void weights_must_add_up_to_one() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> profile(LIGHT, HIT, TURN, STILL, new Cue(1, 0.2, 0.1), 0.6))
                .withMessageContaining("add up to 1");
    }

    @Test
    void tuning_changes_what_it_says_and_nothing_else() {
        FallProfile tuned = FallProfile.WRIST.with(0.7, 5, 70);
        assertThat(tuned.needed()).isEqualTo(0.7);
        assertThat(tuned.impact()).isEqualTo(new Cue(2, 5, 0.35));
        assertThat(tuned.turn()).isEqualTo(new Cue(20, 70, 0.35));
        assertThat(tuned.with(0.68, 6, 80)).isEqualTo(FallProfile.WRIST);
    }
}
