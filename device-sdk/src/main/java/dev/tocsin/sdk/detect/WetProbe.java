package dev.tocsin.sdk.detect;

import java.util.Locale;

/**
 * Two electrodes, wet or dry. The channel is ohms; inside it reckons in microsiemens.
 *
 * <p><b>Model.</b> Water conducts: rivers 50 to 1500 µS/cm (US EPA, <i>Volunteer Stream Monitoring</i>, 5.9 Conductivity,
 * 1997), so that a probe of a few square millimetres some millimetres apart shows about as many microsiemens, dry some
 * hundredths of one. A film of rain conducts too, but less, and breaks; a splash conducts as well as the water and runs off
 * within a second. So wet is a conductance of {@link ProbeSettings#wetUs} over the dry one, for {@link ProbeSettings#wetFor}.
 *
 * <p>Corrosion and dirt let the dry conductance creep up until a simple probe reads wet for ever. The dry one is followed,
 * upwards no faster than {@link ProbeSettings#creepUsPerHour}; above {@link ProbeSettings#fouledUs} the probe is told as
 * {@value #FOULED}, not as somebody in the water.
 */
final class WetProbe {

    static final String FOULED = "fouled";

    private static final double US_PER_S = 1e6;
    private static final double NS_PER_HOUR = 3.6e12;
    private static final double DRY_AGAIN = 0.5;
    private static final long CLEAR_NS = 60_000_000_000L;

    private final ProbeSettings settings;
    private final Condition fouled;
    private final Persistence wet;
    private final Persistence dry;
    private boolean isStarted;
    private boolean isWet;
    private long lastNs;
    private double dryUs;
    private double nowUs;

    WetProbe(ProbeSettings settings, Findings findings) {
        this.settings = settings;
        fouled = new Condition(FOULED, CLEAR_NS, findings);
        wet = new Persistence(settings.wetFor().toNanos(), settings.gap().toNanos());
        dry = new Persistence(settings.dryFor().toNanos(), settings.gap().toNanos());
    }

    void sample(long timeNs, double ohms) {
        if (!(ohms > 0) || !Double.isFinite(ohms)) {
            return;
        }
        nowUs = US_PER_S / ohms;
        if (!isStarted) {
            isStarted = true;
            lastNs = timeNs;
            dryUs = Math.min(nowUs, settings.fouledUs());
        }
        double overUs = nowUs - dryUs;
        boolean isConducting = overUs >= settings.wetUs() * (wet.isSeen() ? DRY_AGAIN : 1);
        wet.see(timeNs, isConducting);
        dry.see(timeNs, !isConducting);
        if (!isConducting) {
            creep(Math.max(0, timeNs - lastNs));
        }
        lastNs = Math.max(lastNs, timeNs);
        if (fouled.begins(timeNs, dryUs >= settings.fouledUs())) {
            fouled.tell(String.format(Locale.ROOT, "conducts %.0f µS dry; clean it", dryUs));
        }
        isWet = isWet ? !dry.isHeld() : wet.isHeld();
    }

    private void creep(long spanNs) {
        double most = settings.creepUsPerHour() * spanNs / NS_PER_HOUR;
        dryUs = Math.min(settings.fouledUs(), nowUs < dryUs ? nowUs : Math.min(nowUs, dryUs + most));
    }

    void step(long nowNs) {
        wet.step(nowNs);
        dry.step(nowNs);
    }

    boolean isWet() {
        return isWet;
    }

    /** First wet sample; while wet. */
    long wetSinceNs() {
        return wet.sinceNs();
    }

    /** First dry sample; while dry. */
    long drySinceNs() {
        return dry.sinceNs();
    }

    double overDryUs() {
        return nowUs - dryUs;
    }
}
