package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.coap.SourceLimits.Rate;
import dev.tocsin.sdk.port.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** A bucket of tokens for each source, and a bounded number of those: who was not heard of for longest goes first. Any thread. */
final class Buckets {

    private static final double NS = 1e9;

    private final Rate rate;
    private final Clock clock;
    private final Map<Object, Bucket> bySource;

    private static final class Bucket {
        double tokens;
        long atNs;
    }

    Buckets(Rate rate, int sources, Clock clock) {
        this.rate = rate;
        this.clock = clock;
        this.bySource = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
                return size() > sources;
            }
        };
    }

    /**
     * Takes tokens out of a source's bucket, which may go below nothing by less than that: who sends a large thing pays for
     * it, and is not kept from it for ever.
     *
     * @return 0 if there was something in it; otherwise after how many seconds there will be
     */
    double take(Object source, double tokens) {
        if (rate.isNone()) {
            return 0;
        }
        long nowNs = clock.nanoTime();
        synchronized (bySource) {
            Bucket bucket = bySource.computeIfAbsent(source, s -> {
                Bucket full = new Bucket();
                full.tokens = rate.burst();
                full.atNs = nowNs;
                return full;
            });
            bucket.tokens = Math.min(rate.burst(), bucket.tokens + (nowNs - bucket.atNs) / NS * rate.perSecond());
            bucket.atNs = nowNs;
            if (bucket.tokens < 1) {
                return (1 - bucket.tokens) / rate.perSecond();
            }
            bucket.tokens -= tokens;
            return 0;
        }
    }

    int size() {
        synchronized (bySource) {
            return bySource.size();
        }
    }
}
