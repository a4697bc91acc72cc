package dev.tocsin.simulator.county;

import dev.tocsin.sdk.coap.CoapNode;
import dev.tocsin.sdk.coap.CoapTransport;
import dev.tocsin.sdk.coap.DtlsIdentity;
import dev.tocsin.sdk.codec.MessageType;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.Mode;
import dev.tocsin.sdk.port.Signer;
import dev.tocsin.sdk.port.Transport.Content;
import dev.tocsin.sdk.port.Transport.Outcome;
import dev.tocsin.sdk.port.Transport.Post;
import dev.tocsin.sdk.port.Transport.Retransmission;
import dev.tocsin.simulator.machine.Boot;
import dev.tocsin.simulator.machine.Machine;
import dev.tocsin.simulator.world.SeededEntropy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has a device that was stolen, with its certificate and its keys, and is therefore let into every centre's channel; its
 * alarm key is revoked. Sends what he copied and what he made: all that must be refused is counted where a centre takes it.
 */
final class Thief implements Machine.Program {

    /** The device that was stolen, as the registry calls it. */
    static final String STOLEN = "stolen/button-1";

    /** Who floods does not wait, nor say anything twice. */
    private static final Retransmission ONCE = new Retransmission(Duration.ofSeconds(2), 1, 1, 0, OptionalInt.empty());

    /** What was signed so long ago has arrived, if it ever does at once. */
    private static final long OLD_NS = 60_000_000_000L;

    /**
     * A way to attack a centre.
     *
     * @param mustFail whether any 2.xx answer is a breach
     */
    private record Attack(String name, String path, boolean mustFail, Make make) {}

    private interface Make {
        Bytes from(Loot.Piece alarm);
    }

    private final Optional<DtlsIdentity> identity;
    private final Loot loot;
    private final Chronicle chronicle;
    private final SeededEntropy entropy;
    private final List<Attack> attacks;
    private @Nullable CoapTransport transport;
    private @Nullable Boot running;
    private int turn;

    Thief(
            Optional<DtlsIdentity> identity,
            Signer alarmKey,
            Loot loot,
            Crafts crafts,
            Chronicle chronicle,
            SeededEntropy entropy) {
        this.identity = identity;
        this.loot = loot;
        this.chronicle = chronicle;
        this.entropy = entropy;
        this.attacks = List.of(
                new Attack(
                        "replayed-alarm",
                        "alarm",
                        false,
                        real -> real.envelope().bytes()),
                new Attack("forged-alarm", "alarm", true, crafts::forgedAlarm),
                new Attack("swapped-kind", "alarm", true, crafts::otherKind),
                new Attack("swapped-place", "alarm", true, crafts::otherPlace),
                new Attack("stripped-algorithm", "alarm", true, crafts::stripped),
                new Attack("unprotected-algorithm", "alarm", true, crafts::algorithmUnprotected),
                new Attack("downgraded-algorithm", "alarm", true, crafts::downgraded),
                new Attack("alarm-with-anothers-key", "alarm", true, real -> crafts.alarmOf(real, alarmKey)),
                new Attack(
                        "alarm-of-revoked-device", "alarm", true, real -> crafts.alarmOfStolen(real, alarmKey, STOLEN)),
                new Attack("receipt-as-alarm", "alarm", true, real -> any(MessageType.ANSWER, real)),
                new Attack(
                        "alarm-as-notice",
                        "notice",
                        true,
                        real -> real.envelope().bytes()),
                new Attack(
                        "alarm-as-evidence",
                        "evidence",
                        true,
                        real -> real.envelope().bytes()));
    }

    @Override
    public void boot(Boot boot) throws IOException {
        CoapTransport opened = new CoapTransport(CoapNode.device(
                boot.network(), new InetSocketAddress(0), identity, boot.loop(), boot.clock(), boot.entropy()));
        opened.serve((path, payload) -> 404);
        transport = opened;
        running = boot;
    }

    /** One attack on a centre, the next in turn; nothing while nobody has raised an alarm yet. */
    void attack(String address, String centre, boolean takesDrills) {
        Attack attack = attacks.get(turn++ % attacks.size());
        // A drill alarm that somebody carries to police is filed there as misrouted, whoever brings it: no attack to
        // count
        pick(takesDrills)
                .ifPresent(alarm -> send(
                        attack.name,
                        address,
                        attack.path,
                        attack.make.from(alarm),
                        Retransmission.RFC_7252,
                        outcome -> {
                            if (outcome instanceof Outcome.Answered answered) {
                                boolean taken = answered.code() / 100 == 2;
                                chronicle.exercised("attack-answered-" + answered.code() / 100 + "xx");
                                if (taken && attack.mustFail) {
                                    chronicle.believed(centre + " took an attacker's " + attack.name);
                                }
                            }
                        }));
    }

    /** An old alarm once more: a centre that reads it gives its receipt again, and it costs it as much as a new one. */
    void overload(String address, boolean takesDrills) {
        pick(takesDrills)
                .ifPresent(alarm -> send(
                        "overload-request", address, "alarm", alarm.envelope().bytes(), ONCE, outcome -> {
                            if (outcome instanceof Outcome.Answered answered && answered.code() == 429) {
                                chronicle.exercised("overload-answered-429");
                            }
                        }));
    }

    private void send(
            String name, String address, String path, Bytes payload, Retransmission timing, Consumer<Outcome> ended) {
        Boot boot = running;
        CoapTransport open = transport;
        if (boot == null || open == null) {
            return;
        }
        chronicle.exercised("attack-" + name);
        boot.loop().execute(() -> {
            var unused = open.post(new Post(address, path, Content.COSE_SIGN1, payload, timing), ended::accept);
        });
    }

    private Optional<Loot.Piece> pick(boolean takesDrills) {
        Boot boot = running;
        if (boot == null) {
            return Optional.empty();
        }
        long beforeNs = boot.clock().worldNanos(boot.clock().nanoTime()) - OLD_NS;
        List<Loot.Piece> fit = new ArrayList<>();
        for (Loot.Piece piece : loot.of(MessageType.ALARM)) {
            if (piece.atNs() <= beforeNs
                    && !piece.signer().equals(STOLEN)
                    && (takesDrills || Crafts.read(piece).mode() != Mode.DRILL)) {
                fit.add(piece);
            }
        }
        return fit.isEmpty() ? Optional.empty() : Optional.of(fit.get((int) entropy.below(fit.size())));
    }

    private Bytes any(MessageType type, Loot.Piece otherwise) {
        List<Loot.Piece> pieces = loot.of(type);
        return (pieces.isEmpty() ? otherwise : pieces.get((int) entropy.below(pieces.size())))
                .envelope()
                .bytes();
    }
}
