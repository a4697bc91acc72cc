package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Clock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which block-wise uploads are under way, and since when: how many of one source, and none for ever, however slowly its
 * blocks trickle. Any thread.
 */
final class OpenUploads {

    /** From its first block an upload has so long to end. The longest, evidence of 16 blocks, gets 3.75 s for each. */
    static final Duration LIFE = Duration.ofSeconds(Tuning.UPLOAD_S);

    /** Of one certificate, over all its sessions; an address without one has {@value SourceLimits#SHARED} times as many. */
    static final int MAX_OF_ONE = 64;

    /** An upload, as the block-wise layer tells them apart. */
    record Key(Object source, InetSocketAddress from, String path) {}

    private final Clock clock;
    private final LinkedHashMap<Key, Long> begunNs = new LinkedHashMap<>(); // the oldest first
    private final Map<Object, Integer> ofSource = new HashMap<>();

    OpenUploads(Clock clock) {
        this.clock = clock;
    }

    /**
     * A first block.
     *
     * @param most that its source may have under way
     * @return whether there is room for it; it takes the place of the one before under its key
     */
    synchronized boolean begins(Key key, int most) {
        long nowNs = clock.nanoTime();
        forgetOld(nowNs);
        end(key);
        if (ofSource.getOrDefault(key.source, 0) >= most) {
            return false;
        }
        begunNs.put(key, nowNs);
        ofSource.merge(key.source, 1, Integer::sum);
        if (begunNs.size() > Tuning.MAX_UPLOADS) {
            end(begunNs.firstEntry().getKey());
        }
        return true;
    }

    /** A later block: whether its upload is there, and has time left. */
    synchronized boolean goesOn(Key key) {
        forgetOld(clock.nanoTime());
        return begunNs.containsKey(key);
    }

    /** Its last block came, or it is over in another way. */
    synchronized void end(Key key) {
        if (begunNs.remove(key) != null) {
            ofSource.computeIfPresent(key.source, (source, count) -> count == 1 ? null : count - 1);
        }
    }

    private void forgetOld(long nowNs) {
        Iterator<Map.Entry<Key, Long>> oldest = begunNs.entrySet().iterator();
        while (oldest.hasNext()) {
            Map.Entry<Key, Long> upload = oldest.next();
            if (nowNs - upload.getValue() < LIFE.toNanos()) {
                return;
            }
            oldest.remove();
            ofSource.computeIfPresent(upload.getKey().source, (source, count) -> count == 1 ? null : count - 1);
        }
    }

    synchronized int size() {
        return begunNs.size();
    }
}
