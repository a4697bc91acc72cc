package dev.tocsin.simulator.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a power cut leaves of a folder. */
final class Aftermath {

    private final Folder before;
    private final Dice dice;
    private final SortedMap<String, Content> left = new TreeMap<>();

    private Aftermath(Folder before, Dice dice) {
        this.before = before;
        this.dice = dice;
    }

    /**
     * Works it out. Files that it does not touch stay the same objects: there are megabytes of ballast among them.
     *
     * @param how not {@link PowerCut#ANY}
     */
    static SortedMap<String, Content> of(Folder before, PowerCut how, Dice dice) {
        Aftermath aftermath = new Aftermath(before, dice);
        switch (how) {
            case KEPT -> before.files().forEach((name, file) -> aftermath.leave(name, file, file.length()));
            case LOST -> before.durable().forEach((name, file) -> aftermath.leave(name, file, file.synced()));
            case TORN -> aftermath.tear();
            case REORDERED -> aftermath.reorder(new ArrayList<>());
            case GARBLED -> aftermath.garble();
            case ANY -> throw new IllegalArgumentException("draw first");
        }
        return aftermath.left;
    }

    private void leave(String name, Content content, int length) {
        boolean whole = length == content.length() && length == content.synced();
        left.put(name, whole ? content : new Content(content.prefix(length)));
    }

    private void tear() {
        int reach = dice.below(before.changes().stream().mapToInt(Change::size).sum() + 1);
        SortedMap<String, Content> names = new TreeMap<>(before.durable());
        Map<Content, Integer> lengths = new HashMap<>(); // by identity, only looked up
        for (Change change : before.changes()) {
            if (reach <= 0) {
                break;
            }
            switch (change) {
                case Change.Linked(String name, Content content) -> names.put(name, content);
                case Change.Unlinked(String name) -> names.remove(name);
                case Change.Grown grown -> lengths.put(grown.content(), grown.from() + Math.min(reach, grown.size()));
            }
            reach -= change.size();
        }
        names.forEach((name, content) -> leave(name, content, lengths.getOrDefault(content, content.synced())));
    }

    /** One sector that was being written, of one file. */
    private void garble() {
        List<String> loose = new ArrayList<>();
        reorder(loose);
        if (loose.isEmpty()) {
            return;
        }
        String name = loose.get(dice.below(loose.size()));
        Content file = before.file(name).orElse(new Content());
        byte[] bytes = left.getOrDefault(name, file).bytes();
        int first = file.synced() / PowerCut.SECTOR;
        int last = Math.max(first, (bytes.length - 1) / PowerCut.SECTOR);
        int from = (first + dice.below(last - first + 1)) * PowerCut.SECTOR;
        if (from < bytes.length) {
            overwrite(bytes, from, Math.min(from + PowerCut.SECTOR, bytes.length));
            left.put(name, new Content(bytes));
        }
    }

    /**
     * Works out what is there when anything may come before anything.
     *
     * @param loose takes the names of files that are left and were not wholly synced
     */
    private void reorder(List<String> loose) {
        Map<String, List<Change>> byName = new TreeMap<>();
        before.durable().keySet().forEach(name -> byName.put(name, new ArrayList<>()));
        for (Change change : before.changes()) {
            switch (change) {
                case Change.Linked l ->
                    byName.computeIfAbsent(l.name(), n -> new ArrayList<>()).add(l);
                case Change.Unlinked u ->
                    byName.computeIfAbsent(u.name(), n -> new ArrayList<>()).add(u);
                case Change.Grown g -> {}
            }
        }
        byName.forEach((name, versions) -> {
            Content content = before.durable().get(name);
            int version = dice.below(versions.size() + 1);
            if (version > 0) {
                content = versions.get(version - 1) instanceof Change.Linked l ? l.content() : null;
            }
            if (content != null) {
                boolean whole = content.synced() == content.length();
                left.put(name, whole ? content : new Content(reordered(content)));
                if (!whole && before.files().get(name) == content) {
                    loose.add(name);
                }
            }
        });
    }

    private byte[] reordered(Content content) {
        int synced = content.synced();
        int loose = content.length() - synced;
        int length = synced
                + switch (dice.below(3)) {
                    case 0 -> 0;
                    case 1 -> loose;
                    default -> dice.below(loose + 1);
                };
        byte[] bytes = content.prefix(length);
        for (int at = synced; at < length; at = (at / PowerCut.SECTOR + 1) * PowerCut.SECTOR) {
            if (dice.chance(0.5)) {
                int to = Math.min((at / PowerCut.SECTOR + 1) * PowerCut.SECTOR, length);
                if (dice.chance(0.5)) {
                    Arrays.fill(bytes, at, to, (byte) 0);
                } else {
                    overwrite(bytes, at, to);
                }
            }
        }
        return bytes;
    }

    private void overwrite(byte[] bytes, int from, int to) {
        System.arraycopy(dice.bytes(to - from), 0, bytes, from, to - from);
    }
}
