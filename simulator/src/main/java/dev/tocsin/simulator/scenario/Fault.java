package dev.tocsin.simulator.scenario;

import dev.tocsin.simulator.scenario.value.Share;
import dev.tocsin.simulator.storage.PowerCut;
import dev.tocsin.simulator.yaml.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that goes wrong. */
public sealed interface Fault {

    /** Where it is written. */
    Position position();

    /** When. */
    Occurrence when();

    /** The same at other times. */
    Fault at(Occurrence other);

    /**
     * Devices are not well.
     *
     * @param devices which; those that the moment's stimulus reaches where empty
     * @param sample which part of them
     */
    record OfDevices(Position position, Occurrence when, Optional<Selector> devices, Share sample, Ailment ailment)
            implements Fault {
        @Override
        public Fault at(Occurrence other) {
            return new OfDevices(position, other, devices, sample, ailment);
        }
    }

    /** Nothing passes. */
    record Partition(Position position, Occurrence when, End from, End to, Duration lasts, boolean bothWays)
            implements Fault {
        @Override
        public Fault at(Occurrence other) {
            return new Partition(position, other, from, to, lasts, bothWays);
        }
    }

    /** Links are otherwise for a while; what is not said stays as each device's link has it. */
    record Weather(Position position, Occurrence when, Selector devices, Share sample, Link link, Duration lasts)
            implements Fault {
        @Override
        public Fault at(Occurrence other) {
            return new Weather(position, other, devices, sample, link, lasts);
        }
    }

    /** A centre is not well. */
    record OfCentre(Position position, Occurrence when, End.Centre centre, Outage outage) implements Fault {
        @Override
        public Fault at(Occurrence other) {
            return new OfCentre(position, other, centre, outage);
        }
    }

    /** Somebody in the middle of the network. */
    record Attack(Position position, Occurrence when, List<Deed> deeds, Duration lasts) implements Fault {
        public Attack {
            deeds = List.copyOf(deeds);
        }

        @Override
        public Fault at(Occurrence other) {
            return new Attack(position, other, deeds, lasts);
        }
    }

    /** What a device can have. */
    sealed interface Ailment {}

    /** No power for a while, and what that does to the disk. */
    record PowerOff(Duration lasts, PowerCut disk) implements Ailment {}

    /** Only so many bytes fit on the disk. */
    record DiskFull(long bytes, Duration lasts) implements Ailment {}

    /** Syncs take so many times as long. */
    record DiskSlow(double factor, Duration lasts) implements Ailment {}

    /** No sync ends. */
    record DiskStall(Duration lasts) implements Ailment {}

    /** Writes fail. */
    record WritesFail(Duration lasts) implements Ailment {}

    /** So many readings fail, the next ones: those of the next start. */
    record ReadsFail(int times) implements Ailment {}

    /** So many bits flip. */
    record DiskRot(int bits) implements Ailment {}

    /** The wall clock is wrong from then on. */
    record ClockWrong(Duration offset, double driftPpm) implements Ailment {}

    /** The wall clock stands at 1970 until somebody sets it. */
    record ClockUnset() implements Ailment {}

    /** The panic contact reads closed, or open, whatever the hand does. */
    record Stuck(boolean closed, Duration lasts) implements Ailment {}

    /** The panic contact's wire flips for a moment so often a second. */
    record Chatter(double perSecond, Duration lasts) implements Ailment {}

    /** A device's sensor does not tell what there is. */
    record Sensor(Defect defect, Duration lasts) implements Ailment {}

    /** What a sensor can have. */
    sealed interface Defect {}

    /** It reads the end of its range. */
    record AtRail() implements Defect {}

    /** It repeats what it read last. */
    record Frozen() implements Defect {}

    /** Nothing comes of it. */
    record Broken() implements Defect {}

    /** It reads no more than this, either way, in its unit. */
    record Saturated(double at) implements Defect {}

    /** The NAT gives another port. */
    record NatRebind() implements Ailment {}

    /** Its certificate ends at that moment, and nobody renews it. */
    record CertificateExpired() implements Ailment {}

    /** What a centre can have. */
    sealed interface Outage {
        /** Until it is over. */
        Duration lasts();
    }

    /** Its process is killed, and started again later with what its disk holds. */
    record Killed(Duration lasts) implements Outage {}

    /** Its process is stopped, and started again with a new key and certificate of its authority. */
    record NewCertificate(Duration lasts) implements Outage {}

    /** It answers so much later. */
    record Slow(Duration by, Duration lasts) implements Outage {}

    /** Its ledger cannot be written. */
    record LedgerFails(Duration lasts) implements Outage {}

    /** Its primary address is gone, and the backup answers. */
    record FailedOver(Duration lasts) implements Outage {}

    /**
     * What an attacker does.
     *
     * @param amount a part from 0 to 1, how many, or how many a second
     */
    record Deed(Kind kind, double amount) {

        /** How. */
        public enum Kind {
            /** Sends again this part of what passes. */
            REPLAY,
            /** Makes up so many alarms and receipts. */
            FORGE,
            /** Sends so many datagrams of rubbish a second. */
            FLOOD,
            /** Flips a bit in this part of what passes. */
            TAMPER,
            /** Attacks centres so often with a stolen device, and what was copied and made up. */
            THIEF,
            /** Answers this part of what devices ask in their centres' places. */
            IMPOSTOR,
            /** Asks each centre so often a second with a stolen device. */
            OVERLOAD
        }
    }
}
