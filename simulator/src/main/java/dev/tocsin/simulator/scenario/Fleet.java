package dev.tocsin.simulator.scenario;

import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.session.AlarmTiming;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Who is there.
 *
 * @param counties their codes; schools are dealt to them in turn, and each has centres of its own
 * @param centres ids of a county's centres; every alarm goes to all of them
 * @param backups those of them that have a second address
 * @param devices the devices
 * @param heartbeat period of every device's heartbeat
 * @param secure whether they speak DTLS; otherwise plain CoAP
 * @param timing when they send alarms again
 * @param signatures what devices and centres sign with; empty for what is usual in the world it is played in
 * @param gauge the levels that water gauges tell
 * @param ledgerRate how much each centre's ledger takes in a second; as much as comes where empty
 * @param certificateLife how long an authority's certificates are good, which devices renew with it; where empty there is no
 *     authority, and certificates are good for a year
 */
public record Fleet(
        List<String> counties,
        List<String> centres,
        List<String> backups,
        Devices devices,
        Duration heartbeat,
        boolean secure,
        AlarmTiming timing,
        Optional<SignatureAlgorithm> signatures,
        Gauge gauge,
        OptionalInt ledgerRate,
        Optional<Duration> certificateLife) {

    /** Most devices in one fleet, each with its own socket. */
    public static final int MAX_DEVICES = 20_000;

    /** What {@code signatures} may be. */
    public static final SortedMap<String, SignatureAlgorithm> SIGNATURES =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
                    "ed25519", SignatureAlgorithm.ED25519,
                    "p256", SignatureAlgorithm.ES256,
                    "sm2", SignatureAlgorithm.SM2)));

    /** The county of a scenario that names none. */
    public static final String DEFAULT_COUNTY = "530902";

    public Fleet {
        counties = List.copyOf(counties);
        centres = List.copyOf(centres);
        backups = List.copyOf(backups);
    }

    /** The same with another heartbeat. */
    public Fleet withHeartbeat(Duration other) {
        return new Fleet(
                counties,
                centres,
                backups,
                devices,
                other,
                secure,
                timing,
                signatures,
                gauge,
                ledgerRate,
                certificateLife);
    }

    /** The same with other devices. */
    public Fleet withDevices(Devices other) {
        return new Fleet(
                counties,
                centres,
                backups,
                other,
                heartbeat,
                secure,
                timing,
                signatures,
                gauge,
                ledgerRate,
                certificateLife);
    }

    /** The same with another timing of alarms. */
    public Fleet withTiming(AlarmTiming other) {
        return new Fleet(
                counties,
                centres,
                backups,
                devices,
                heartbeat,
                secure,
                other,
                signatures,
                gauge,
                ledgerRate,
                certificateLife);
    }

    /** The same over another channel. */
    public Fleet withSecure(boolean other) {
        return new Fleet(
                counties,
                centres,
                backups,
                devices,
                heartbeat,
                other,
                timing,
                signatures,
                gauge,
                ledgerRate,
                certificateLife);
    }

    /** The same in other counties. */
    public Fleet withCounties(List<String> other) {
        return new Fleet(
                other,
                centres,
                backups,
                devices,
                heartbeat,
                secure,
                timing,
                signatures,
                gauge,
                ledgerRate,
                certificateLife);
    }

    /** The same with keys of one kind. */
    public Fleet withSignatures(SignatureAlgorithm other) {
        return new Fleet(
                counties,
                centres,
                backups,
                devices,
                heartbeat,
                secure,
                timing,
                Optional.of(other),
                gauge,
                ledgerRate,
                certificateLife);
    }

    /**
     * Water gauges, all alike.
     *
     * @param warningM metres above their zero, where it is time to warn
     * @param dangerM where it is dangerous, above {@code warningM}
     * @param fastestMPerHour faster the water never goes there
     * @param period between two readings
     */
    public record Gauge(double warningM, double dangerM, double fastestMPerHour, Duration period) {

        /** Below a sluice or by a mountain creek, read every ten seconds. */
        public static final Gauge USUAL = new Gauge(2, 3, 20, Duration.ofSeconds(10));
    }

    /**
     * Which kinds of device, each with its part, 0 to 1; together 1. Kinds that are not there have none.
     *
     * @param parts by kind
     */
    public record Mix(SortedMap<DeviceKind, Double> parts) {

        /** Buttons only. */
        public static final Mix BUTTONS = new Mix(new TreeMap<>(Map.of(DeviceKind.BUTTON, 1.0)));

        public Mix {
            parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
        }

        /** Whether there is nothing but buttons. */
        public boolean isButtonsOnly() {
            return parts.getOrDefault(DeviceKind.BUTTON, 0.0) >= 1;
        }
    }

    /** Which devices. */
    public sealed interface Devices {}

    /**
     * Schools with devices, named {@code school-007/button-3} or {@code school-007/fall-1}.
     *
     * @param count how many schools
     * @param least fewest devices of a school
     * @param most most devices of a school; the number is drawn from the seed
     * @param mix which kinds
     */
    public record Schools(int count, int least, int most, Mix mix) implements Devices {

        /** With wall buttons only. */
        public Schools(int count, int least, int most) {
            this(count, least, most, Mix.BUTTONS);
        }
    }

    /**
     * So many devices, whatever schools that takes: what {@code --devices} asks for.
     *
     * @param total how many in all
     * @param perSchool how many a school has
     * @param mix which kinds
     */
    public record Total(int total, int perSchool, Mix mix) implements Devices {

        /** Wall buttons only. */
        public Total(int total, int perSchool) {
            this(total, perSchool, Mix.BUTTONS);
        }
    }

    /** Devices by name. */
    public record Named(List<String> ids) implements Devices {
        public Named {
            ids = List.copyOf(ids);
        }
    }
}
