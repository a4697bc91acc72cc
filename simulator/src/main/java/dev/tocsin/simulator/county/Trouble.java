package dev.tocsin.simulator.county;

import dev.tocsin.simulator.network.Conditions;
import dev.tocsin.simulator.storage.PowerCut;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Something that goes wrong in a county, with everything about it decided. */
public sealed interface Trouble {

    /** How long it lasts; zero for what happens at once and leaves what it leaves. */
    Duration lasts();

    /** What it is called in reports and counts. */
    String kind();

    /** The devices it touches; empty for none, or for all where it is the network's. */
    List<String> devices();

    /** A device loses its power for a while. */
    record PowerOff(String device, Duration lasts, PowerCut disk) implements Trouble {
        @Override
        public String kind() {
            return "power-cut";
        }

        @Override
        public List<String> devices() {
            return List.of(device);
        }
    }

    /** A device's disk is not well. */
    record Disk(String device, Duration lasts, Illness illness, double amount) implements Trouble {

        /** What a disk can have. */
        public enum Illness {
            /** Only so many bytes fit. */
            FULL,
            /** Syncs take so many times as long. */
            SLOW,
            /** Syncs do not end. */
            STALL,
            /** Writes fail. */
            WRITES_FAIL,
            /** So many bits flip, once. */
            ROT,
            /** So many of the next readings fail. */
            READS_FAIL
        }

        @Override
        public String kind() {
            return "disk-" + illness.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public List<String> devices() {
            return List.of(device);
        }
    }

    /** A device's wall clock is wrong from then on. */
    record Clock(String device, Duration offset, double driftPpm, boolean unset) implements Trouble {
        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public String kind() {
            return unset ? "clock-unset" : "clock-wrong";
        }

        @Override
        public List<String> devices() {
            return List.of(device);
        }
    }

    /** A device's panic contact is welded, broken or noisy. */
    record Input(String device, Duration lasts, Defect defect, double perSecond) implements Trouble {

        /** What a contact can have. */
        public enum Defect {
            /** Reads closed. */
            STUCK_CLOSED,
            /** Reads open. */
            STUCK_OPEN,
            /** Flips for a moment, so often a second. */
            CHATTER
        }

        @Override
        public String kind() {
            return "input-" + defect.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public List<String> devices() {
            return List.of(device);
        }
    }

    /**
     * A device's sensor does not tell what there is.
     *
     * @param amount for {@code SATURATED} the most that it reads, either way, in its unit
     */
    record Sensor(String device, Duration lasts, Failing failing, double amount) implements Trouble {

        /** What a sensor can have. */
        public enum Failing {
            /** Reads the end of its range. */
            STUCK,
            /** Repeats what it read last. */
            FROZEN,
            /** Nothing comes of it. */
            BROKEN,
            /** Clipped. */
            SATURATED
        }

        @Override
        public String kind() {
            return "sensor-" + failing.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public List<String> devices() {
            return List.of(device);
        }
    }

    /** A device's NAT gives it another port. */
    record Rebind(String device) implements Trouble {
        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public String kind() {
            return "nat-rebind";
        }

        @Override
        public List<String> devices() {
            return List.of(device);
        }
    }

    /** A device's certificate ends at that moment; it was issued so. */
    record Certificate(String device) implements Trouble {
        @Override
        public Duration lasts() {
            return Duration.ZERO;
        }

        @Override
        public String kind() {
            return "certificate-expired";
        }

        @Override
        public List<String> devices() {
            return List.of(device);
        }
    }

    /** Nothing gets from these hosts to those. */
    record Partition(List<String> from, List<String> to, Duration lasts, boolean bothWays) implements Trouble {
        public Partition {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }

        /** The hosts on both sides. */
        public Stream<String> ends() {
            return Stream.concat(from.stream(), to.stream());
        }

        @Override
        public String kind() {
            return bothWays ? "partition" : "one-way-partition";
        }

        @Override
        public List<String> devices() {
            return from;
        }
    }

    /** These devices' paths are otherwise for a while, each way. */
    record Weather(List<String> devices, Duration lasts, Conditions conditions) implements Trouble {
        public Weather {
            devices = List.copyOf(devices);
        }

        @Override
        public String kind() {
            return "weather";
        }
    }

    /** A centre's machine is not well. */
    record Centre(String centre, Duration lasts, Outage outage, Duration by) implements Trouble {

        /** What a centre can have. */
        public enum Outage {
            /** Killed, with its sessions and what it had not committed; it comes back with its ledger. */
            KILLED,
            /** Stopped, and started again with a new key and certificate. */
            NEW_CERTIFICATE,
            /** Its ledger takes so much longer. */
            SLOW,
            /** Its ledger cannot be written. */
            LEDGER_FAILS,
            /** Its primary address is gone. */
            FAILED_OVER
        }

        @Override
        public String kind() {
            return "centre-" + outage.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @Override
        public List<String> devices() {
            return List.of();
        }
    }

    /** Somebody in the middle of the network. */
    record Attack(Duration lasts, Deed deed, double amount) implements Trouble {

        /** What he does. */
        public enum Deed {
            /** Sends again this share of what passes. */
            REPLAY,
            /** Makes up so many alarms and receipts. */
            FORGE,
            /** Sends so many datagrams of rubbish a second to the centres. */
            FLOOD,
            /** Flips a bit in this share of what passes. */
            TAMPER,
            /** Attacks centres so often from a device that was stolen. */
            THIEF,
            /** Answers this share in centres' places. */
            IMPOSTOR,
            /** Sends so many requests a second to each centre from a device that was stolen. */
            OVERLOAD
        }

        @Override
        public String kind() {
            return "attacker-" + deed.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public List<String> devices() {
            return List.of();
        }
    }
}
