package dev.tocsin.sdk.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a centre may order a device to do; which centre may order what is the device's configuration to say. */
public enum OrderKind {
    /** A drill, see {@link DrillOrder}. */
    DRILL,
    /** Other settings. */
    SETTINGS,
    /** The lamp blinks, so that somebody finds the device. */
    LOCATE,
    /** The device tries itself out. */
    SELF_TEST,
    /** The program ends and is started again. */
    REBOOT,
    /** What a sensor raises is marked as maintenance for a while. */
    BYPASS;

    /** What takes nothing away from a device: what an authority may order that only receives alarms. */
    public static final Set<OrderKind> HARMLESS = Set.copyOf(EnumSet.of(LOCATE, SELF_TEST));

    /** The word in commands and configurations: {@code self-test}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one of this word. */
    public static Optional<OrderKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
