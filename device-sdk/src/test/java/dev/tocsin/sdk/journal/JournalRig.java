package dev.tocsin.sdk.journal;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.testkit.MemoryStorage;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.sdk.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** A journal on a bad disk. Items are texts. */
final class JournalRig implements Journal.Listener {

    static final Limits NO_BALLAST = new Limits(4 << 20, 1 << 20, 0);

    final VirtualTime time = new VirtualTime();
    final Limits limits;
    final List<String> told = new ArrayList<>();
    final List<String> evicted = new ArrayList<>();
    final TreeSet<String> kept = new TreeSet<>();
    VirtualTime.Life life = time.life();
    MemoryStorage storage;
    Journal journal;
    long bootCounter;
    boolean bootKept;

    JournalRig(Limits limits) {
        this.limits = limits;
        this.storage = new MemoryStorage(life);
        this.journal = Journal.open(storage, life, limits, this);
    }

    JournalRig() {
        this(NO_BALLAST);
    }

    @Override
    public void trouble(Optional<String> why) {
        told.add(why.orElse("right"));
    }

    @Override
    public void evicted(Item item) {
        evicted.add(text(item.body()));
    }

    static Bytes body(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Bytes body) {
        return new String(body.readOnlyArray(), StandardCharsets.UTF_8);
    }

    JournalRig boot() {
        bootKept = false;
        bootCounter = journal.boot(() -> bootKept = true);
        return this;
    }

    /** Boots and waits for it. */
    JournalRig booted() {
        boot();
        pass(Duration.ofSeconds(1));
        return this;
    }

    Optional<Item> put(Priority priority, String text) {
        return journal.put(priority, body(text), () -> kept.add(text));
    }

    Item put(String text) {
        return put(Priority.LIFE, text).orElseThrow();
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** Everything that is written is synced, lazily written things included. */
    void rest() {
        pass(Duration.ofSeconds(20));
    }

    List<String> texts() {
        return journal.items().stream().map(i -> text(i.body())).toList();
    }

    Item item(String text) {
        return journal.items().stream()
                .filter(i -> text(i.body()).equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no item " + text + " among " + texts()));
    }

    /** Cuts the power, changes what is on the medium, and opens what is left. Not booted yet. */
    JournalRig reopen(Function<VirtualTime.Life, MemoryStorage> next) {
        life.end();
        life = time.life();
        storage = next.apply(life);
        journal = Journal.open(storage, life, limits, this);
        return this;
    }

    JournalRig cut(Unsynced how, SeededEntropy dice) {
        return reopen(newLife -> storage.afterPowerCut(how, dice, newLife));
    }

    /** As after a clean end of the process. */
    JournalRig restart() {
        return cut(Unsynced.KEPT, new SeededEntropy(0));
    }

    List<Long> missing() {
        return journal.findings().stream()
                .filter(f -> f instanceof Finding.Missing)
                .map(f -> ((Finding.Missing) f).number())
                .toList();
    }

    boolean tellsLoss() {
        return journal.findings().stream().anyMatch(Finding::isLoss);
    }
}
