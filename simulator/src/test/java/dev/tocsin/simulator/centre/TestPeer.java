package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A peer whose answers a test decides on. */
final class TestPeer implements Peer {

    record Push(String path, Bytes signed, Consumer<PushResult> ended) {}

    private final String name;
    private final List<Push> pushes = new ArrayList<>();
    private Optional<Instant> validUntil = Optional.empty();
    private Optional<Bytes> publicKey = Optional.empty();

    TestPeer(String name) {
        this.name = name;
    }

    /** Pushes that nobody answered yet. */
    List<Push> pushes() {
        return pushes;
    }

    /** Answers the oldest push. */
    Bytes answer(PushResult result) {
        Push push = pushes.removeFirst();
        push.ended.accept(result);
        return push.signed;
    }

    void validUntil(Instant until) {
        validUntil = Optional.of(until);
    }

    void publicKey(Bytes key) {
        publicKey = Optional.of(key);
    }

    @Override
    public Optional<Bytes> publicKey() {
        return publicKey;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String label() {
        return name.isEmpty() ? "10.0.0.9" : name;
    }

    @Override
    public Optional<Instant> validUntil() {
        return validUntil;
    }

    @Override
    public void push(String path, Bytes signed, Consumer<PushResult> ended) {
        pushes.add(new Push(path, signed, ended));
    }
}
