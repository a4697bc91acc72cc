package dev.tocsin.firmware.app;

import dev.tocsin.firmware.app.BesideSensors.ContactListener;
import dev.tocsin.sdk.detect.Findings;
import java.util.function.Consumer;

/**
 * A contact that says whether the wearer is in the water, where falls are not looked for. One that is stuck would blind the fall
 * detector for ever: wet for {@link #LONGEST_NS} without a break it is told as the fault {@value #STUCK} and not believed any
 * more, until it has been dry.
 */
final class WetContact implements ContactListener {

    static final String STUCK = "wet-stuck";

    /** Two hours: longer than anybody swims in one go. */
    static final long LONGEST_NS = 7_200_000_000_000L;

    private final Consumer<Boolean> immersed;
    private final Findings findings;
    private boolean wasWet;
    private boolean isStuck;
    private long sinceNs;

    /** @param immersed is told whether the wearer is in the water, as often as this is */
    WetContact(Consumer<Boolean> immersed, Findings findings) {
        this.immersed = immersed;
        this.findings = findings;
    }

    @Override
    public void is(long timeNs, boolean isWet) {
        if (isWet && !wasWet) {
            sinceNs = timeNs;
        }
        wasWet = isWet;
        boolean isTooLong = isWet && timeNs - sinceNs >= LONGEST_NS;
        if (isTooLong != isStuck) {
            isStuck = isTooLong;
            findings.health(STUCK, isStuck, isStuck ? "wet for two hours: falls are looked for all the same" : "");
        }
        immersed.accept(isWet && !isStuck);
    }
}
