package dev.tocsin.simulator.centre.ledger;

import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A ledger in memory that commits when it is told to: what waits between {@link #submit} and {@link #commit} is what a
 * power cut would lose. For tests and simulated centres; keeps everything, forgets with the process. Any thread.
 */
public final class MemoryLedger implements Ledger {

    private record Waiting(Submission submission, Consumer<Outcome> done) {}

    private final Clock clock;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Table table = new Table();
    private Optional<String> failure = Optional.empty();
    private boolean closed;

    /**
     * An empty ledger.
     *
     * @param clock whose wall clock is written into the entries
     */
    public MemoryLedger(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void submit(Submission submission, Consumer<Outcome> done) {
        Optional<Outcome> refused = enqueue(new Waiting(submission, done));
        refused.ifPresent(done);
    }

    private synchronized Optional<Outcome> enqueue(Waiting w) {
        if (closed) {
            return Optional.of(new Outcome.Failed("the ledger is closed"));
        }
        if (waiting.size() >= MAX_WAITING) {
            return Optional.of(new Outcome.Busy(waiting.size()));
        }
        waiting.add(w);
        return Optional.empty();
    }

    /**
     * Commits everything that waits, as one group, and tells about it on this thread.
     *
     * @return how many submissions there were
     */
    public int commit() {
        List<Runnable> told = commitSilently();
        told.forEach(Runnable::run);
        return told.size();
    }

    /** Commits everything that waits, as one group; whoever asked is told when the returned are run. */
    synchronized List<Runnable> commitSilently() {
        List<Runnable> told = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Waiting w = waiting.remove();
            Outcome outcome =
                    failure.<Outcome>map(Outcome.Failed::new).orElseGet(() -> Rules.apply(w.submission(), table));
            told.add(() -> w.done().accept(outcome));
        }
        return told;
    }

    /** A power cut: what has not been committed is gone, and nobody is told. */
    public synchronized void dropWaiting() {
        waiting.clear();
    }

    /** From now on every commit fails for this reason; empty: works again. */
    public synchronized void fail(Optional<String> why) {
        failure = why;
    }

    @Override
    public synchronized Head head() {
        return table.head;
    }

    @Override
    public synchronized List<Entry> entries(long from, int limit) {
        int start = (int) Math.min(Math.max(from, 1) - 1, table.entries.size());
        return List.copyOf(table.entries.subList(start, Math.min(start + limit, table.entries.size())));
    }

    @Override
    public synchronized Optional<Entry> find(AlarmId alarm) {
        List<Entry> all = table.alarms(alarm);
        return all.stream()
                .filter(e -> e.type() == EntryType.ALARM)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    @Override
    public synchronized List<Entry> history(AlarmId alarm, int limit) {
        return table.ofAlarm(alarm).stream().limit(limit).toList();
    }

    @Override
    public synchronized List<Entry> open(int limit) {
        return table.entries.reversed().stream()
                .filter(e -> e.fact().isAlarm() && !isRestored(e) && !isClosed(e))
                .limit(limit)
                .toList();
    }

    private boolean isClosed(Entry alarm) {
        return isClosedUnder(alarm.fact().alarm(), alarm)
                || isClosedUnder(alarm.fact().about(), alarm);
    }

    private boolean isClosedUnder(Optional<AlarmId> id, Entry alarm) {
        return id.flatMap(table::lastClosing)
                .map(closing -> closing.number() > alarm.number())
                .orElse(false);
    }

    @Override
    public synchronized List<Entry> unacknowledged(String device, int limit) {
        return table.ofDevice(device).stream()
                .filter(e -> e.type() == EntryType.ACCEPTED && !table.acknowledged.contains(e.number()))
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Entry> drills(long before, int limit) {
        return table.drills.reversed().stream()
                .filter(e -> e.number() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Entry> orders(long before, int limit) {
        return table.orders.reversed().stream()
                .filter(e -> e.number() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Entry> restored(String device, long after, int limit) {
        return table.ofDevice(device).stream()
                .filter(e -> e.type() == EntryType.ALARM && isRestored(e) && e.number() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Optional<Entry> supervision(String device) {
        return table.lastSupervision(device);
    }

    @Override
    public void close() {
        commit();
        synchronized (this) {
            closed = true;
        }
    }

    private static boolean isRestored(Entry e) {
        return e.fact()
                .state()
                .map(s -> s == dev.tocsin.sdk.model.AlarmState.RESTORED)
                .orElse(false);
    }

    /** The rows, with the look-ups that {@link Rules} asks for. */
    private final class Table implements Rows {

        private record BootOf(String device, long boot) {}

        private final List<Entry> entries = new ArrayList<>();
        private final Map<AlarmId, List<Entry>> byAlarm = new HashMap<>();
        private final Map<AlarmId, List<Entry>> byAbout = new HashMap<>();
        private final Map<String, List<Entry>> byDevice = new HashMap<>();
        private final List<Entry> drills = new ArrayList<>();
        private final List<Entry> orders = new ArrayList<>();
        private final Map<BootOf, Long> nonces = new HashMap<>();
        private final Map<String, Long> highest = new HashMap<>();
        private final Set<Long> acknowledged = new HashSet<>();
        private Head head = Head.EMPTY;

        @Override
        public Entry append(Fact fact) {
            Entry entry = Chain.append(head, fact, clock.wallTime());
            head = entry.asHead();
            entries.add(entry);
            fact.alarm().ifPresent(id -> add(byAlarm, id, entry));
            fact.about().ifPresent(id -> add(byAbout, id, entry));
            add(byDevice, fact.device(), entry);
            if (fact.type().isAboutDrills()) {
                drills.add(entry);
            }
            if (fact.type().isAboutOrders()) {
                orders.add(entry);
            }
            return entry;
        }

        private static <K> void add(Map<K, List<Entry>> map, K key, Entry entry) {
            map.computeIfAbsent(key, k -> new ArrayList<>(1)).add(entry);
        }

        private List<Entry> ofAlarm(AlarmId alarm) {
            return byAlarm.getOrDefault(alarm, List.of());
        }

        private List<Entry> ofDevice(String device) {
            return byDevice.getOrDefault(device, List.of());
        }

        private static Optional<Entry> last(List<Entry> of, Predicate<Entry> wanted) {
            return of.reversed().stream().filter(wanted).findFirst();
        }

        @Override
        public Optional<Entry> withEnvelope(AlarmId alarm, Bytes envelopeSha256) {
            return alarms(alarm).stream()
                    .filter(e -> e.fact().envelopeSha256().equals(envelopeSha256))
                    .findFirst();
        }

        @Override
        public List<Entry> alarms(AlarmId alarm) {
            return ofAlarm(alarm).stream().filter(e -> e.fact().isAlarm()).toList();
        }

        @Override
        public List<Entry> updates(AlarmId about, int limit) {
            return byAbout.getOrDefault(about, List.of()).reversed().stream()
                    .filter(e -> e.fact().isAlarm() && !isRestored(e))
                    .limit(limit)
                    .sorted(Comparator.comparingLong(Entry::number))
                    .toList();
        }

        @Override
        public Optional<Entry> acceptance(AlarmId alarm, Bytes envelopeSha256) {
            return ofAlarm(alarm).stream()
                    .filter(e -> e.type() == EntryType.ACCEPTED
                            && e.fact().envelopeSha256().equals(envelopeSha256))
                    .findFirst();
        }

        @Override
        public Optional<Entry> lastClosing(AlarmId alarm) {
            return last(ofAlarm(alarm), e -> e.type() == EntryType.CLOSED);
        }

        @Override
        public OptionalLong boundNonce(String device, long boot) {
            Long nonce = nonces.get(new BootOf(device, boot));
            return nonce == null ? OptionalLong.empty() : OptionalLong.of(nonce);
        }

        @Override
        public void bind(String device, long boot, long nonce) {
            nonces.put(new BootOf(device, boot), nonce);
            highest.merge(device, boot, Math::max);
        }

        @Override
        public long highestBoot(String device) {
            return highest.getOrDefault(device, 0L);
        }

        @Override
        public Optional<Entry> saying(EntryType type, String device, String detail) {
            return ofDevice(device).stream()
                    .filter(e -> e.type() == type && e.fact().detail().equals(detail))
                    .findFirst();
        }

        @Override
        public Optional<Entry> lastOrder(String device) {
            return last(ofDevice(device), e -> e.type() == EntryType.ORDERED);
        }

        @Override
        public Optional<Entry> order(String device, long number) {
            return last(
                    ofDevice(device),
                    e -> e.type() == EntryType.ORDERED && e.fact().detail().startsWith(OrderPlan.beginning(number)));
        }

        @Override
        public Optional<Entry> lastSupervision(String device) {
            return last(ofDevice(device), e -> e.type() == EntryType.OFFLINE || e.type() == EntryType.ONLINE);
        }

        @Override
        public void acknowledge(long number) {
            acknowledged.add(number);
        }

        @Override
        public void pulse() {
            // memory can always be written; fail() is what it has of trouble
        }
    }
}
