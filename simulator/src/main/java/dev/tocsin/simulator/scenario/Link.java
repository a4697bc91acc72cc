package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.network.Latency;
import dev.tocsin.simulator.scenario.value.Rate;
import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.yaml.Position;
import java.time.Duration;
import java.util.Optional;

/**
 * What is said about a device's link, each way; what is not said is as it was.
 *
 * @param latency how long a datagram takes
 * @param loss how many are lost
 * @param duplicate how many arrive twice
 * @param reorder how many are overtaken
 * @param mtuBytes largest packet that passes
 * @param carries how much passes
 * @param natIdle how long the NAT in front of the device remembers; no NAT where nobody says
 */
public record Link(
        Optional<Latency> latency,
        Optional<Share> loss,
        Optional<Share> duplicate,
        Optional<Share> reorder,
        Optional<Integer> mtuBytes,
        Optional<Carries> carries,
        Optional<Duration> natIdle) {

    /** Nothing is said. */
    public static final Link UNSAID = new Link(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** How much passes. */
    public sealed interface Carries {}

    /** So much, each way. */
    public record Steady(Rate rate) implements Carries {}

    /**
     * As much as was recorded.
     *
     * @param down file below the data folder, towards the device
     * @param up towards the centres
     * @param otherwise what carries instead where the recordings are not there
     */
    public record Recorded(Position position, String down, String up, Optional<Rate> otherwise) implements Carries {}

    /** This over what another says. */
    public Link over(Link base) {
        return new Link(
                latency.or(() -> base.latency),
                loss.or(() -> base.loss),
                duplicate.or(() -> base.duplicate),
                reorder.or(() -> base.reorder),
                mtuBytes.or(() -> base.mtuBytes),
                carries.or(() -> base.carries),
                natIdle.or(() -> base.natIdle));
    }

    /** What befalls datagrams, each way; a good network where nothing is said. */
    public Conditions conditions() {
        Conditions good = Conditions.GOOD;
        return new Conditions(
                latency.orElse(good.latency()),
                loss.map(Share::part).orElse(good.loss()),
                duplicate.map(Share::part).orElse(good.duplicate()),
                reorder.map(Share::part).orElse(good.reorder()),
                mtuBytes.orElse(good.mtuBytes()));
    }
}
