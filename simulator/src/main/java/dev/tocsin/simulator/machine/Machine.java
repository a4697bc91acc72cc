package dev.tocsin.simulator.machine;

import dev.tocsin.simulator.network.Host;
import dev.tocsin.simulator.world.Seed;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.VirtualLoop;
import dev.tocsin.simulator.world.World;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A machine with a power switch, off at first. Named as its host; its randomness follows from that. */
public final class Machine {

    /** What runs on a machine. */
    public interface Program {
        /**
         * Power has come. Called on the machine's event loop.
         *
         * @throws IOException if it cannot start; the world hears of it, and the machine stays as it is
         */
        void boot(Boot boot) throws IOException;
    }

    private final World world;
    private final Host host;
    private final Seed seed;
    private final VirtualClock clock;
    private Program program = boot -> {};
    private long boots;
    private @Nullable VirtualLoop loop;
    private long returnsNs = Long.MIN_VALUE;

    /** A machine on its host, with nothing installed. */
    public Machine(World world, Host host) {
        this.world = world;
        this.host = host;
        this.seed = world.seed().child(host.name());
        this.clock = new VirtualClock(world, seed);
    }

    /** This is what starts from the next boot on. */
    public void install(Program newProgram) {
        program = newProgram;
    }

    /** Its name. */
    public String name() {
        return host.name();
    }

    /** Where it is on the network. */
    public Host host() {
        return host;
    }

    /** Its clock, which goes on without power. */
    public VirtualClock clock() {
        return clock;
    }

    /** Whether it has power. */
    public boolean isOn() {
        return loop != null;
    }

    /** How often it was started. */
    public long boots() {
        return boots;
    }

    /** Gives it power: the program starts as soon as what happens now is over. Without effect while it is on. */
    public void on() {
        if (loop != null) {
            return;
        }
        VirtualLoop power = world.loop(name());
        loop = power;
        clock.restart();
        Boot boot = new Boot(++boots, power, clock, seed.child("boot-" + boots).entropy(), host.on(power));
        var unused = power.submit(() -> {
            program.boot(boot);
            return true;
        });
    }

    /** Cuts its power: nothing of what was to happen on it does. */
    public void cut() {
        if (loop != null) {
            loop.cut();
            loop = null;
        }
    }

    /** Cuts its power for a while; of several cuts that overlap the last one's end counts. */
    public void cut(Duration time) {
        cut();
        returnsNs = Math.max(returnsNs, world.nanoTime() + time.toNanos());
        var unused = world.schedule(time.toNanos(), () -> {
            if (!isOn() && world.nanoTime() >= returnsNs) {
                on();
            }
        });
    }
}
