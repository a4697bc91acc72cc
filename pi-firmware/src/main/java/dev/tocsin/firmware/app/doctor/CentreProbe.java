package dev.tocsin.firmware.app.doctor;

import dev.tocsin.firmware.app.FirmwareConfig;
import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.NioNetwork;
import dev.tocsin.sdk.codec.Decoded;
import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.codec.SignedEnvelope;
import dev.tocsin.sdk.crypto.PlatformEntropy;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.ClockQuality;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.HeartbeatAnswer;
import dev.tocsin.sdk.model.Presence;
import dev.tocsin.sdk.port.Transport;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.sdk.session.CentreLink;
import dev.tocsin.sdk.system.EventLoop;
import dev.tocsin.sdk.system.SystemClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a centre as this device would: a DTLS session with the device's certificate, and in it a heartbeat that asks for the
 * centre's signature. The heartbeat is of {@linkplain AlarmId#UNCOUNTED no boot}, which no centre takes for a copied card, so
 * that it may come beside those of a firmware that runs.
 */
final class CentreProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(12);
    private static final Duration CLOSING = Duration.ofSeconds(2);
    private static final Retransmission TIMING =
            new Retransmission(Duration.ofSeconds(1), 1.5, 1.5, 3, OptionalInt.empty());

    private CentreProbe() {}

    static Machine.Reach ask(FirmwareConfig config, CentreLink centre, String address) {
        EventLoop loop = new EventLoop("tocsin-doctor");
        SystemClock clock = new SystemClock();
        long nonce = new PlatformEntropy().nextLong();
        try (NioNetwork network = new NioNetwork()) {
            CoapNode node = CoapNode.device(
                    network, new InetSocketAddress(0), config.device().channel(), loop, clock, new PlatformEntropy());
            CoapTransport transport = new CoapTransport(node);
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            Bytes heartbeat = heartbeat(config, nonce, clock.wallTime());
            loop.execute(() -> transport.post(
                    new Post(address, "heartbeat", Content.PROTOBUF, heartbeat, TIMING),
                    (Transport.ExchangeListener) outcome::complete));
            Machine.Reach reach = reach(outcome, clock, centre, config, nonce);
            transport.close();
            return reach;
        } catch (IOException e) {
            return new Machine.Reach.Unreachable(String.valueOf(e.getMessage()));
        } finally {
            loop.shutdown();
            loop.awaitEnd(CLOSING);
        }
    }

    private static Machine.Reach reach(
            CompletableFuture<Outcome> outcome,
            SystemClock clock,
            CentreLink centre,
            FirmwareConfig config,
            long nonce) {
        long askedNs = clock.nanoTime();
        try {
            return switch (outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                case Outcome.Answered a
                when a.code() / 100 == 2 ->
                    heard(Duration.ofNanos(clock.nanoTime() - askedNs), a.payload(), centre, config, nonce);
                case Outcome.Answered a ->
                    new Machine.Reach.Objected(a.code(), new String(a.payload().toArray(), StandardCharsets.UTF_8));
                case Outcome.NoAnswer n -> new Machine.Reach.Silent();
                case Outcome.Unreachable(String why) -> unreachable(why);
            };
        } catch (TimeoutException e) {
            return new Machine.Reach.Silent();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Machine.Reach.Unreachable("interrupted");
        }
    }

    /** By the words in which the transport puts a handshake's end. */
    static Machine.Reach unreachable(String why) {
        String lower = why.toLowerCase(Locale.ROOT);
        if (lower.startsWith("no answer to the dtls handshake")) {
            return new Machine.Reach.Silent();
        } else if (lower.startsWith("the peer refused the handshake")) {
            return new Machine.Reach.NotBelievedThere(why);
        } else if (lower.startsWith("handshake refused")) {
            return new Machine.Reach.NotBelieved(why);
        }
        return new Machine.Reach.Unreachable(why);
    }

    private static Bytes heartbeat(FirmwareConfig config, long nonce, Instant now) {
        return Messages.write(new Heartbeat(
                config.device().settings().device(),
                AlarmId.UNCOUNTED,
                nonce,
                config.device().settings().heartbeat(),
                new DeviceTime(now, ClockQuality.UNKNOWN, Duration.ZERO),
                new Heartbeat.Health(FirmwareConfig.SOFTWARE, 0, 0, List.of(), Double.NaN, Double.NaN),
                config.device().alarmKey().keyId(),
                true,
                0,
                Optional.empty()));
    }

    private static Machine.Reach heard(
            Duration roundTrip, Bytes payload, CentreLink centre, FirmwareConfig config, long nonce) {
        return Messages.readHeartbeatAnswer(payload) instanceof Decoded.Ok<HeartbeatAnswer>(HeartbeatAnswer answer)
                ? new Machine.Reach.Heard(roundTrip, time(answer, centre, config, nonce), answer.twin())
                : new Machine.Reach.Heard(roundTrip, Optional.empty(), Optional.empty());
    }

    /** What the centre's own signature says the time is. */
    private static Optional<Instant> time(
            HeartbeatAnswer answer, CentreLink centre, FirmwareConfig config, long nonce) {
        if (answer.presence().isPresent()
                && SignedEnvelope.read(answer.presence().get())
                        instanceof Decoded.Ok<SignedEnvelope>(SignedEnvelope envelope)
                && centre.keys().stream().anyMatch(envelope::isSignedBy)
                && Messages.readPresence(envelope) instanceof Decoded.Ok<Presence>(Presence p)
                && p.centre().equals(centre.id())
                && p.device().equals(config.device().settings().device())
                && p.nonce() == nonce) {
            return Optional.of(p.time());
        }
        return Optional.empty();
    }
}
