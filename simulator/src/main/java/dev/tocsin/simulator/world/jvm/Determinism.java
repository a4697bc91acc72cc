package dev.tocsin.simulator.world.jvm;

import dev.tocsin.simulator.world.World;
import java.security.Security;
import org.eclipse.californium.elements.util.ClockUtil;

/**
 * Makes this JVM ask the {@linkplain World#current() world of the calling thread} for time and chance, and goes on as
 * before on threads that have none.
 */
public final class Determinism {

    private static final String DTLS = "org.eclipse.californium.scandium.dtls.";
    private static final String SYSTEM = "java/lang/System";

    private static boolean installed;

    private Determinism() {}

    /**
     * Installs it for good. Once is enough, again does nothing.
     *
     * @throws IllegalStateException if a class that it must change is loaded already: call it first thing in the process,
     *     before anything of Californium's
     */
    public static synchronized void install() {
        if (installed) {
            return;
        }
        // Before any class that keeps a SecureRandom is loaded: the platform's default is the first provider's.
        Security.insertProviderAt(new WorldProvider(), 1);
        // The wall clock goes into each hello, and with it into what is signed, and into how long that is.
        String time = WorldTime.class.getName().replace('.', '/');
        Redirect.in(DTLS + "ContentType", DTLS + "Random", SYSTEM, time);
        Redirect.in(DTLS + "ContentType", DTLS + "DTLSSession", SYSTEM, time);
        Redirect.in(DTLS + "ContentType", DTLS + "DTLSContext", SYSTEM, time);
        // Spreads the retransmission of handshakes. Seeded with the wall clock otherwise.
        Redirect.in(
                DTLS + "cipher.InvalidMacException",
                DTLS + "cipher.RandomManager$2",
                "java/util/Random",
                WorldRandom.class.getName().replace('.', '/'));
        ClockUtil.setRealtimeHandler(() -> {
            World world = World.current();
            return world == null ? System.nanoTime() : world.nanoTime();
        });
        installed = true;
    }
}
