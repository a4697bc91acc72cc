package dev.tocsin.sdk.journal;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads whatever a journal left behind: the union of all files. Numbers are never used twice and facts are never taken
 * back, so it does not matter in which order or how often they are found.
 */
final class Recovery {

    /** So often a file is read before it counts as unreadable. */
    static final int READ_TRIES = 3;

    /** Damaged bytes that are put aside; more of them would tell nobody more. */
    static final int MAX_QUARANTINE_BYTES = 64 << 10;

    /** Findings that are told one by one. */
    static final int MAX_FINDINGS = 32;

    /** More items than any generation has room for: such a number is nonsense, in spite of its checksum. */
    private static final int MAX_NUMBERS = 1 << 20;

    final SortedMap<Long, Item> items = new TreeMap<>();
    final List<Finding> findings = new ArrayList<>();
    final List<String> files = new ArrayList<>();
    final List<String> quarantines = new ArrayList<>();
    final ByteArrayOutputStream damaged = new ByteArrayOutputStream();
    boolean ballast;
    long bootCounter;
    long lastGeneration;

    private final Set<Long> removed = new HashSet<>();
    private final Map<Long, LinkedHashSet<Bytes>> marks = new TreeMap<>();
    private final SortedMap<Long, Long> lastNumbers = new TreeMap<>(); // by the generation that gave them out
    private Frame.@Nullable Head head;
    private long headGeneration;

    static Recovery of(Storage storage) {
        Recovery r = new Recovery();
        r.list(storage);
        for (String name : r.files) {
            try {
                r.scan(name, Files.generationOf(name).orElseThrow(), tried(() -> storage.read(name)));
            } catch (IOException e) {
                r.findings.add(new Finding.Unreadable(name, String.valueOf(e.getMessage())));
            }
        }
        r.unite();
        r.boundFindings();
        return r;
    }

    /** Something that reads the medium. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    /** One reading that fails is no damage: what it hides may be the only copy of an alarm. */
    private static <T> T tried(Reading<T> reading) throws IOException {
        for (int left = READ_TRIES - 1; left > 0; left--) {
            try {
                return reading.read();
            } catch (IOException e) {
                // again: the last try says why
            }
        }
        return reading.read();
    }

    private void list(Storage storage) {
        try {
            for (String name : tried(storage::list)) {
                OptionalLong generation = Files.generationOf(name);
                if (generation.isPresent()) {
                    files.add(name); // in the order of the generations: the names are sorted
                    lastGeneration = Math.max(lastGeneration, generation.getAsLong());
                } else if (Files.isQuarantine(name)) {
                    quarantines.add(name);
                } else if (name.equals(Files.BALLAST)) {
                    ballast = true;
                }
            }
        } catch (IOException e) {
            findings.add(new Finding.Unreadable("the journal's folder", String.valueOf(e.getMessage())));
        }
    }

    private void scan(String name, long generation, byte[] file) {
        long nextNumber = Files.firstNumber(generation);
        int end = withoutRoom(file);
        int at = 0;
        while (at < end) {
            if (Frame.isAt(file, at, generation)) {
                int size = Frame.sizeAt(file, at);
                Optional<Frame> frame = Frame.decode(file, at);
                if (frame.isEmpty()) {
                    putAside(new Finding.Quarantined(name, at, size), name, file, at, size);
                } else {
                    take(frame.get(), generation);
                    if (frame.get() instanceof Frame.Put p) {
                        nextNumber = Math.max(nextNumber, p.number() + 1);
                    }
                }
                at += size;
                continue;
            }
            int good = at + 1;
            while (good < end && !Frame.isAt(file, good, generation)) {
                good++;
            }
            OptionalLong lost = Frame.numberOfDamagedPut(file, at);
            if (lost.isPresent() && lost.getAsLong() == nextNumber) {
                given(nextNumber); // the only number to be believed here without a checksum
            }
            int bytes = good - at;
            putAside(
                    good < end ? new Finding.Quarantined(name, at, bytes) : new Finding.TailCut(name, bytes),
                    name,
                    file,
                    at,
                    bytes);
            at = good;
        }
    }

    /** Where a file ends but for zeros, which may be room that was made for more. No record begins with one. */
    private static int withoutRoom(byte[] file) {
        int end = file.length;
        while (end > 0 && file[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void take(Frame frame, long generation) {
        switch (frame) {
            case Frame.Head h -> {
                bootCounter = Math.max(bootCounter, h.bootCounter());
                head = h; // files come in the order of their generations: the last one counts
                headGeneration = generation;
            }
            case Frame.Put p -> {
                items.putIfAbsent(p.number(), new Item(p.number(), p.priority(), p.body()));
                if (Files.generationOfNumber(p.number()) == generation) {
                    given(p.number());
                }
            }
            case Frame.Mark m ->
                marks.computeIfAbsent(m.number(), n -> new LinkedHashSet<>()).add(m.mark());
            case Frame.Remove r -> removed.add(r.number());
        }
    }

    /** A number that appears means that all numbers before it in its generation were given out too. */
    private void given(long number) {
        long generation = Files.generationOfNumber(number);
        if (number - Files.firstNumber(generation) < MAX_NUMBERS) {
            lastNumbers.merge(generation, number, Math::max);
        }
    }

    private void unite() {
        TreeSet<Long> expected = new TreeSet<>();
        if (head != null) {
            // of the older numbers only those are alive that the newest head names
            Set<Long> named = new HashSet<>(head.alive());
            items.headMap(Files.firstNumber(headGeneration)).keySet().retainAll(named);
            expected.addAll(named);
        } else if (lastGeneration > 1) {
            findings.add(new Finding.Headless());
        }
        lastNumbers.tailMap(headGeneration).forEach((generation, last) -> {
            for (long n = Files.firstNumber(generation); n <= last; n++) {
                expected.add(n);
            }
        });
        marks.forEach((number, m) -> {
            Item item = items.get(number);
            if (item != null) {
                m.forEach(item::mark);
            }
        });
        items.keySet().removeAll(removed);
        expected.removeAll(removed);
        expected.removeAll(items.keySet());
        expected.forEach(number -> findings.add(new Finding.Missing(number)));
    }

    private void boundFindings() {
        if (findings.size() > MAX_FINDINGS) {
            List<Finding> rest = findings.subList(MAX_FINDINGS - 1, findings.size());
            Finding more = new Finding.More(rest.size(), rest.stream().anyMatch(Finding::isLoss));
            rest.clear();
            findings.add(more);
        }
    }

    private void putAside(Finding finding, String name, byte[] file, int from, int bytes) {
        findings.add(finding);
        if (damaged.size() + bytes <= MAX_QUARANTINE_BYTES) {
            damaged.writeBytes((name + " " + from + " " + bytes + "\n").getBytes(StandardCharsets.UTF_8));
            damaged.write(file, from, bytes);
            damaged.write('\n');
        }
    }
}
