package dev.tocsin.sdk.sensing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DamperTest {

    private static final long S = 1_000_000_000L;

    private final Damper damper = new Damper();

    private int flutter(long fromS, int times) {
        int told = 0;
        for (int i = 0; i < times; i++) {
            told += damper.begins((fromS + 2L * i) * S) ? 1 : 0;
            told += damper.ends((fromS + 2L * i + 1) * S) ? 1 : 0;
        }
        return told;
    }

    @Test
    void what_comes_and_goes_now_and_then_is_told_at_once() {
        assertThat(flutter(0, Damper.MAX_BEGINNINGS)).isEqualTo(2 * Damper.MAX_BEGINNINGS);
        assertThat(flutter(700, Damper.MAX_BEGINNINGS)).isEqualTo(2 * Damper.MAX_BEGINNINGS);
    }

    @Test
    void what_flutters_stands_until_it_is_calm() {
        assertThat(flutter(0, 100)).isEqualTo(2 * Damper.MAX_BEGINNINGS + 1);
        assertThat(damper.isKeptBack()).isTrue();
        assertThat(damper.passes(200 * S)).isFalse();
        assertThat(damper.passes(199 * S + Damper.CALM_NS)).isTrue();
        assertThat(damper.isTold()).isFalse();
    }

    @Test
    void a_beginning_is_never_kept_back() {
        flutter(0, 100);
        assertThat(damper.passes(300 * S)).isTrue();
        assertThat(damper.begins(301 * S)).isTrue();
    }

    @Test
    void what_did_not_begin_does_not_end() {
        assertThat(damper.ends(S)).isFalse();
        assertThat(damper.passes(1_000 * S)).isFalse();
    }
}
