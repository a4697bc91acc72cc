package dev.tocsin;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Everything that production code must not do: never run, only looked at by {@link ArchitectureTest}. */
@SuppressWarnings("all")
final class MachineCallSamples {

    private MachineCallSamples() {}

    static final class TimeOrChance {
        long nanoTime() {
            return System.nanoTime();
        }

        LongSupplier nanoTimeHandedOn() {
            return System::nanoTime;
        }

        LongSupplier millisInALambda() {
            return () -> System.currentTimeMillis();
        }

        Instant nowOfAClock() {
            return Instant.now(Clock.systemUTC());
        }

        Supplier<LocalTime> nowHandedOn() {
            return LocalTime::now;
        }

        Clock clock() {
            return Clock.tick(Clock.system(ZoneOffset.UTC), Duration.ofSeconds(1));
        }

        Random seeded() {
            return new Random(5);
        }

        Supplier<Random> randomHandedOn() {
            return Random::new;
        }

        int ofThisThread() {
            return ThreadLocalRandom.current().nextInt();
        }

        SecureRandom secure() {
            return new SecureRandom();
        }

        SecureRandom strong() throws NoSuchAlgorithmException {
            return SecureRandom.getInstanceStrong();
        }

        SplittableRandom splittable() {
            return new SplittableRandom();
        }

        RandomGenerator generator() {
            return RandomGenerator.getDefault();
        }

        double math() {
            return Math.random();
        }

        UUID uuid() {
            return UUID.randomUUID();
        }

        void shuffled(List<String> some) {
            Collections.shuffle(some);
        }
    }

    static final class Sleep {
        void thread() throws InterruptedException {
            Thread.sleep(1);
        }

        void aDuration() throws InterruptedException {
            Thread.sleep(Duration.ofMillis(1));
        }

        void timeUnit() throws InterruptedException {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    static final class Wait {
        void parked() {
            LockSupport.parkNanos(1);
        }

        LongConsumer parkedHandedOn() {
            return LockSupport::parkNanos;
        }

        void onAMonitor(Object monitor) throws InterruptedException {
            monitor.wait(1);
        }

        void spinning() {
            Thread.onSpinWait();
        }
    }

    static final class Threads {
        Thread made() {
            return new Thread(null, () -> {}, "sample", 0);
        }

        Thread virtual() {
            return Thread.ofVirtual().unstarted(() -> {});
        }

        ExecutorService pool() {
            return Executors.newSingleThreadExecutor();
        }

        Supplier<ExecutorService> poolHandedOn() {
            return Executors::newCachedThreadPool;
        }

        ExecutorService common() {
            return ForkJoinPool.commonPool();
        }

        Timer timer() {
            return new Timer();
        }
    }
}
