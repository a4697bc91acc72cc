package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.Messages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceTime;
import dev.tocsin.sdk.model.DrillState;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.Presence;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes the heartbeats of one boot, and knows which presence answers them. */
record Pulse(
        Settings settings,
        long boot,
        long nonce,
        Bytes alarmKey,
        Supplier<Duration> period,
        Supplier<DeviceTime> time,
        Supplier<Heartbeat.Health> health,
        Supplier<Optional<DrillState>> drill) {

    /**
     * A heartbeat of now.
     *
     * @param prove whether it asks the centre for its signature
     * @param echo what an order must repeat
     */
    Bytes heartbeat(boolean prove, long echo) {
        return Messages.write(new Heartbeat(
                settings.device(),
                boot,
                nonce,
                period.get(),
                time.get(),
                health.get(),
                alarmKey,
                prove,
                echo,
                drill.get()));
    }

    /** Whether a centre's presence speaks of this boot. */
    boolean isAnsweredBy(Presence p) {
        return p.device().equals(settings.device()) && p.boot() == boot && p.nonce() == nonce;
    }
}
