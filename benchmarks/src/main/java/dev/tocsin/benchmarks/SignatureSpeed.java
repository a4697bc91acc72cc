package dev.tocsin.benchmarks;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How many alarms of usual size one thread signs, and a centre verifies, in a second. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.Throughput, Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class SignatureSpeed {

    /** An alarm with place and cameras, and what COSE signs beside it. */
    private static final int MESSAGE_BYTES = 280;

    /** With what. */
    @Param
    private SignatureAlgorithm algorithm = SignatureAlgorithm.ED25519;

    private Keys.Pair key = Keys.generate(algorithm, new PlatformEntropy());
    private byte[] message = new byte[MESSAGE_BYTES];
    private byte[] signature = new byte[0];

    /** Makes the key. */
    @Setup
    public void prepare() {
        key = Keys.generate(algorithm, new PlatformEntropy());
        signature = key.signer().sign(message);
    }

    /** A device's part. */
    @Benchmark
    public byte[] sign() {
        return key.signer().sign(message);
    }

    /** A centre's part. */
    @Benchmark
    public boolean verify() {
        return key.verifier().verify(message, signature);
    }
}
