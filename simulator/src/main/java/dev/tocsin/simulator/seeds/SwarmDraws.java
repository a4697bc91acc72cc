package dev.tocsin.simulator.seeds;

import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.world.Seed;
import java.time.Duration;

/** What a seed draws for its mix: each choice by its name, from a stream of its own. */
final class SwarmDraws {

    /** A drawn share is a whole number of these parts of a percent, so that it can be written down. */
    private static final double STEPS_PER_PERCENT = 1e4;

    private final Seed seed;

    SwarmDraws(long seed) {
        this.seed = new Seed(seed).child("swarm");
    }

    /** From 0 (included) to 1 (excluded). */
    double unit(String name) {
        return seed.child(name).entropy().nextUnit();
    }

    /** From 0 (included) to the bound (excluded). */
    long below(String name, long bound) {
        return seed.child(name).entropy().below(bound);
    }

    /** From this part of a share to all of it. */
    Share share(String name, Share declared, double least) {
        double part = declared.part() * between(name, least, 1);
        double percent = Math.round(100 * part * STEPS_PER_PERCENT) / STEPS_PER_PERCENT;
        return new Share(percent / 100);
    }

    /** A duration times something, in whole microseconds. */
    Duration scaled(String name, Duration declared, double least, double most) {
        return micros(declared, between(name, least, most));
    }

    /** From a quarter of a latency to all of it, of the same shape. */
    Latency latency(String name, Latency declared) {
        double factor = between(name, 0.25, 1);
        return switch (declared) {
            case Latency.Constant l -> new Latency.Constant(micros(l.delay(), factor));
            case Latency.Uniform l -> new Latency.Uniform(micros(l.least(), factor), micros(l.most(), factor));
            case Latency.Normal l -> new Latency.Normal(micros(l.mean(), factor), micros(l.deviation(), factor));
            case Latency.LogNormal l -> new Latency.LogNormal(micros(l.median(), factor), l.sigma());
        };
    }

    private double between(String name, double least, double most) {
        return least + (most - least) * unit(name);
    }

    private static Duration micros(Duration d, double factor) {
        return Duration.ofNanos(Math.round(d.toNanos() * factor / 1e3) * 1000);
    }
}
