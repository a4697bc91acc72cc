package dev.tocsin.simulator.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.simulator.fuzz.FuzzTarget.Feeding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every target on the corpus that fuzzing has left, on its honest inputs and on some mutations of both: the same ones in
 * every build. What fuzzing once broke stays in the corpus.
 */
class FuzzTargetsTest {

    private static final Path CORPUS = Path.of("src/test/resources/fuzz");
    private static final int MUTATIONS = 60;

    static Stream<String> targets() {
        return FuzzTargets.ALL.stream().map(FuzzTarget::name);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void no_reader_breaks_on_what_fuzzing_has_left_or_on_what_is_nearly_right(String name) throws Exception {
        FuzzTarget target = FuzzTargets.named(name).orElseThrow();
        List<byte[]> inputs = new ArrayList<>(target.seeds().get());
        inputs.addAll(corpus(name));
        inputs.add(new byte[0]);
        SplittableRandom random = new SplittableRandom(1);
        try (Feeding feeding = target.opening().get()) {
            for (byte[] input : inputs) {
                Fuzzed.feed(feeding, input);
                for (int i = 0; i < MUTATIONS; i++) {
                    Fuzzed.feed(feeding, mutated(input, random));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void there_is_an_honest_input_to_begin_with(String name) {
        assertThat(FuzzTargets.named(name).orElseThrow().seeds().get()).isNotEmpty();
    }

    @Test
    void an_input_that_takes_more_than_a_second_of_the_processor_is_a_finding() {
        assertThatThrownBy(() -> Fuzzed.feed(
                        input -> {
                            long sum = 0;
                            for (long i = 0; i < 40_000_000_000L && !Thread.interrupted(); i++) {
                                sum += Long.numberOfTrailingZeros(i * sum + 1);
                                if ((i & 0xFFFFF) == 0 && spent() > Fuzzed.MOST_NS * 5 / 4) {
                                    break;
                                }
                            }
                            assertThat(sum).isNotNegative();
                        },
                        new byte[7]))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("7 bytes took 1.");
    }

    private static long spent() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - BEGAN.get();
    }

    private static final ThreadLocal<Long> BEGAN = ThreadLocal.withInitial(
            () -> java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());

    private static List<byte[]> corpus(String name) throws IOException {
        Path folder = CORPUS.resolve(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<byte[]> inputs = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                inputs.add(Files.readAllBytes(file));
            }
        }
        return inputs;
    }

    /** A few bytes changed, cut off, doubled or left out. */
    private static byte[] mutated(byte[] input, SplittableRandom random) {
        byte[] changed = input.clone();
        for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        if (changed.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(changed.length);
        return switch (random.nextInt(4)) {
            case 0 -> Arrays.copyOf(changed, at);
            case 1 -> joined(changed, at, at);
            case 2 -> joined(changed, Math.min(changed.length, at + 1 + random.nextInt(8)), at);
            default -> changed;
        };
    }

    /** Up to {@code to}, then from {@code from} on: something twice, or something left out. */
    private static byte[] joined(byte[] bytes, int to, int from) {
        byte[] all = new byte[to + bytes.length - from];
        System.arraycopy(bytes, 0, all, 0, to);
        System.arraycopy(bytes, from, all, to, bytes.length - from);
        return all;
    }
}
