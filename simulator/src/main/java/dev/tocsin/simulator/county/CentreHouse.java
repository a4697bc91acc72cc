package dev.tocsin.simulator.county;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.ledger.GroupCommit;
import dev.tocsin.simulator.centre.ledger.Ledger;
import dev.tocsin.simulator.centre.ledger.MemoryLedger;
import dev.tocsin.simulator.machine.Boot;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** A centre's machine, and its ledger, which stays when the power goes. */
final class CentreHouse {

    /** Where centres listen (RFC 7252, section 6.2). */
    static final int SECURE_PORT = 5684;

    /** The same without DTLS (RFC 7252, section 6.1). */
    static final int PLAIN_PORT = 5683;

    /** How long a group of ledger entries takes to be durable, as a rule. */
    private static final Duration COMMIT = Duration.ofMillis(5);

    private final Machine machine;
    private final MemoryLedger ledger;
    private final Races races;
    private final LongConsumer booting;
    private final Set<AlarmId> waiting = new LinkedHashSet<>();
    private final OptionalInt perSecond;
    private Supplier<Machine.Program> program = () -> boot -> {};
    private Duration commit = COMMIT;
    private Bytes receiptKey = Bytes.EMPTY;
    private int boots;

    /**
     * @param perSecond how much its ledger takes in, each submission for itself; as much as comes where empty
     * @param booting told of each start, with the world's nanoseconds
     */
    CentreHouse(World world, Host host, Races races, OptionalInt perSecond, LongConsumer booting) {
        this.perSecond = perSecond;
        this.races = races;
        this.machine = new Machine(world, host);
        this.ledger = new MemoryLedger(machine.clock());
        this.booting = booting;
    }

    Host host() {
        return machine.host();
    }

    Machine machine() {
        return machine;
    }

    MemoryLedger ledger() {
        return ledger;
    }

    /** Names the key that signs its receipts, as everybody may know. */
    Bytes receiptKey() {
        return receiptKey;
    }

    void receiptKey(Bytes keyId) {
        receiptKey = keyId;
    }

    /** @param made a program that has a new key and certificate each time */
    void runs(Supplier<Machine.Program> made) {
        program = made;
        renew();
    }

    /** From its next start on it has a new key and certificate. */
    void renew() {
        machine.install(program.get());
    }

    /** Its ledger, as a boot finds it. */
    Ledger open(Boot boot) {
        booting.accept(boot.clock().worldNanos(boot.clock().nanoTime()));
        races.restarted(waiting); // before the ledger forgets what waited
        Ledger found = new GroupCommit(ledger, boot.loop(), () -> commit);
        Ledger busy =
                perSecond.isPresent() ? new PacedLedger(found, boot.loop(), boot.clock(), perSecond.getAsInt()) : found;
        return races.watch(machine.host().name(), ++boots, waiting, busy);
    }

    /** Its ledger takes so long for a group from now on; as usual where empty. */
    void commitAfter(Optional<Duration> time) {
        commit = time.orElse(COMMIT);
    }
}
