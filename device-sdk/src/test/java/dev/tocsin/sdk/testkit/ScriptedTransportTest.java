package dev.tocsin.sdk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Transport;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** The fake that sessions are tested on keeps the contract of what it stands in for. */
class ScriptedTransportTest extends TransportContract {

    private static final String ADDRESS = "coaps://police";

    private final VirtualTime time = new VirtualTime();
    private final ScriptedNetwork network = new ScriptedNetwork(time, new SeededEntropy(1));
    private final ScriptedCentre centre = new ScriptedCentre("police", time);
    private final ScriptedTransport fake = network.connect(time.life());

    ScriptedTransportTest() {
        network.at(ADDRESS, centre);
    }

    @Override
    protected Transport transport() {
        return fake;
    }

    @Override
    protected String address() {
        return ADDRESS;
    }

    @Override
    protected void centre(Function<Bytes, Answer> behaviour) {
        centre.does((envelope, alarm) -> {
            Answer answer = behaviour.apply(envelope);
            return new ScriptedCentre.Reply.Says(answer.code(), answer.payload(), Duration.ZERO);
        });
    }

    @Override
    protected void lose(Loss what) {
        network.up(ADDRESS);
        switch (what) {
            case NONE -> {}
            case REQUESTS -> network.down(ADDRESS);
            case ANSWERS -> network.losesAnswersOf(ADDRESS);
        }
    }

    @Override
    protected CompletionStage<Integer> push(String path, Bytes payload) {
        return CompletableFuture.completedFuture(fake.push(path, payload));
    }

    @Override
    protected void onLoop(Runnable task) {
        task.run();
    }

    @Override
    protected long nanoTime() {
        return time.nanoTime();
    }

    @Override
    protected void until(BooleanSupplier condition) {
        assertThat(time.runUntil(condition, Duration.ofMinutes(1))).isTrue();
    }

    @Override
    protected void pass(Duration duration) {
        time.advance(duration);
    }
}
