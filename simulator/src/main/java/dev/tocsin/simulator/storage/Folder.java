package dev.tocsin.simulator.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files as programs see them, as the medium surely has them, and the changes between the two in their order. */
final class Folder {

    private final SortedMap<String, Content> files;
    private SortedMap<String, Content> durable;
    private final List<Change> changes = new ArrayList<>();
    private boolean namesChanged;

    Folder() {
        this(new TreeMap<>());
    }

    /** With these files, all synced. */
    Folder(SortedMap<String, Content> files) {
        this.files = files;
        this.durable = new TreeMap<>(files);
    }

    List<String> names() {
        return List.copyOf(files.keySet());
    }

    Optional<Content> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    SortedMap<String, Content> files() {
        return files;
    }

    SortedMap<String, Content> durable() {
        return durable;
    }

    List<Change> changes() {
        return changes;
    }

    long bytes() {
        return files.values().stream().mapToLong(Content::length).sum();
    }

    /** Bytes written and not synced, of files that are there. */
    long unsyncedBytes() {
        return changes.stream()
                .mapToLong(c -> c instanceof Change.Grown g && isNamed(g.content()) ? g.size() : 0)
                .sum();
    }

    /** The file, made if it is not there. */
    Content make(String name) {
        Content content = files.get(name);
        if (content == null) {
            content = new Content();
            files.put(name, content);
            changes.add(new Change.Linked(name, content));
            namesChanged = true;
        }
        return content;
    }

    void append(String name, byte[] bytes, int count) {
        Content content = make(name);
        int from = content.length();
        content.append(bytes, count);
        if (count > 0) {
            changes.add(new Change.Grown(content, from, from + count));
        }
    }

    void remove(String name) {
        if (files.remove(name) != null) {
            changes.add(new Change.Unlinked(name));
            namesChanged = true;
        }
    }

    /** The file's bytes and all names are durable: POSIX {@code fsync} of the file and of the folder. */
    void sync(String name) {
        Content content = make(name);
        content.sync();
        if (namesChanged) {
            namesChanged = false;
            durable = new TreeMap<>(files);
            changes.removeIf(change -> !(change instanceof Change.Grown g) || !isNamed(g.content()));
        }
        changes.removeIf(change -> change instanceof Change.Grown g && g.content() == content);
    }

    private boolean isNamed(Content content) {
        return files.values().stream().anyMatch(c -> c == content);
    }
}
