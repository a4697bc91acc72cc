package dev.tocsin.simulator.storage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** How much a power cut took of what had been written, by comparing before and after. */
record Loss(long lostBytes, long garbledBytes, List<String> filesLost, List<String> filesBack) {

    static Loss of(Folder before, SortedMap<String, Content> after) {
        Map<Content, Content> left = new HashMap<>(); // by identity, only looked up
        before.files().forEach((name, file) -> left.put(file, after.getOrDefault(name, new Content())));
        long lost = 0;
        for (Change change : before.changes()) {
            if (change instanceof Change.Grown g) {
                Content now = left.get(g.content());
                lost += now == null ? 0 : different(g.content(), now, g.from(), g.to());
            }
        }
        long garbled = 0;
        for (Map.Entry<String, Content> entry : before.files().entrySet()) {
            Content now = after.get(entry.getKey());
            Content was = entry.getValue();
            if (now != null && before.durable().get(entry.getKey()) == was) {
                garbled += different(was, now, 0, was.synced());
            }
        }
        return new Loss(
                lost,
                garbled,
                before.names().stream().filter(n -> !after.containsKey(n)).toList(),
                after.keySet().stream().filter(n -> before.file(n).isEmpty()).toList());
    }

    private static int different(Content was, Content now, int from, int to) {
        if (was == now) {
            return 0;
        }
        byte[] before = was.prefix(to);
        byte[] after = now.prefix(Math.min(to, now.length()));
        int count = 0;
        for (int i = from; i < to; i++) {
            count += i < after.length && after[i] == before[i] ? 0 : 1;
        }
        return count;
    }
}
