package dev.tocsin.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedTest {

    private static final Seed COUNTY = new Seed(42).child("530902");

    @Test
    void a_stream_depends_on_its_names_only() {
        long alone = COUNTY.child("school-1/button-1").child("press").entropy().nextLong();
        SeededEntropy other = COUNTY.child("school-1/button-0").child("press").entropy();
        other.nextLong();
        assertThat(COUNTY.child("school-1/button-1").child("press").entropy().nextLong())
                .isEqualTo(alone);
    }

    @Test
    void names_and_seeds_all_make_streams_of_their_own() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            for (int device = 0; device < 100; device++) {
                for (String stream : new String[] {"press", "network", "boot-1"}) {
                    firsts.add(new Seed(seed)
                            .child("device-" + device)
                            .child(stream)
                            .entropy()
                            .nextLong());
                }
            }
        }
        assertThat(firsts).hasSize(3_000);
    }

    @Test
    void the_same_seed_gives_the_same_numbers_on_every_machine() {
        assertThat(COUNTY.entropy().nextLong()).isEqualTo(-4021046273050685182L);
    }

    @Test
    void chances_come_about_as_often_as_they_should() {
        SeededEntropy dice = COUNTY.entropy();
        int hits = 0;
        for (int i = 0; i < 100_000; i++) {
            hits += dice.chance(0.05) ? 1 : 0;
        }
        assertThat(hits).isBetween(4_700, 5_300);
    }
}
