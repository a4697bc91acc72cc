package dev.tocsin.simulator.centre.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupCommitTest extends LedgerContract {

    private static final Duration DELAY = Duration.ofMillis(5);

    private final World world = World.open(new Seed(1), Instant.EPOCH);
    private final MemoryLedger memory = new MemoryLedger(time);

    @AfterEach
    void closeWorld() {
        world.close();
    }

    @Override
    protected Ledger open() {
        return new GroupCommit(memory, world, () -> DELAY);
    }

    @Override
    protected void settle() {
        world.run(DELAY.plus(GroupCommit.TELL));
    }

    @Test
    void what_comes_within_a_while_is_kept_together() {
        List<Duration> told = new ArrayList<>();
        ledger.submit(button.received(button.panic(1)), outcome -> told.add(world.elapsed()));
        world.run(Duration.ofMillis(3));
        ledger.submit(button.received(button.panic(2)), outcome -> told.add(world.elapsed()));
        world.run(Duration.ofMillis(3));

        assertThat(told).containsExactly(DELAY.plus(GroupCommit.TELL), DELAY.plus(GroupCommit.TELL));
    }

    @Test
    void what_waits_at_a_power_cut_is_lost_and_nobody_is_told() {
        List<Outcome> told = new ArrayList<>();
        ledger.submit(button.received(button.panic(1)), told::add);
        ledger = open();
        settle();

        assertThat(told).isEmpty();
        assertThat(ledger.head()).isEqualTo(Head.EMPTY);
    }
}
