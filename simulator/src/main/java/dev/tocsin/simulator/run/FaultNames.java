package dev.tocsin.simulator.run;

import dev.tocsin.simulator.scenario.End;
import dev.tocsin.simulator.scenario.Fault;
import dev.tocsin.simulator.scenario.Selector;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Names faults by what they are and whom they meet, for the streams that they draw from: how long one lasts, and which
 * others there are, changes no draw.
 */
final class FaultNames {

    private FaultNames() {}

    static String of(Fault fault) {
        return switch (fault) {
            case Fault.OfDevices f ->
                ailment(f.ailment()) + " of " + f.devices().map(Selector::glob).orElse("those reached");
            case Fault.Partition f -> "partition from " + end(f.from()) + " to " + end(f.to());
            case Fault.Weather f -> "weather of " + f.devices().glob();
            case Fault.OfCentre f -> outage(f.outage()) + " of " + end(f.centre());
            case Fault.Attack f ->
                f.deeds().stream()
                        .map(d -> d.kind().name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" and "));
        };
    }

    private static String ailment(Fault.Ailment ailment) {
        return switch (ailment) {
            case Fault.PowerOff a -> "power-cut";
            case Fault.DiskFull a -> "disk-full";
            case Fault.DiskSlow a -> "disk-slow";
            case Fault.DiskStall a -> "disk-stall";
            case Fault.WritesFail a -> "disk-writes-fail";
            case Fault.ReadsFail a -> "disk-reads-fail";
            case Fault.DiskRot a -> "disk-rot";
            case Fault.ClockWrong a -> "clock-wrong";
            case Fault.ClockUnset a -> "clock-unset";
            case Fault.Stuck a -> a.closed() ? "stuck-closed" : "stuck-open";
            case Fault.Chatter a -> "chatter";
            case Fault.Sensor a ->
                switch (a.defect()) {
                    case Fault.AtRail d -> "sensor-stuck";
                    case Fault.Frozen d -> "sensor-frozen";
                    case Fault.Broken d -> "sensor-broken";
                    case Fault.Saturated d -> "sensor-saturated";
                };
            case Fault.NatRebind a -> "nat-rebind";
            case Fault.CertificateExpired a -> "certificate-expired";
        };
    }

    private static String outage(Fault.Outage outage) {
        return switch (outage) {
            case Fault.Killed o -> "kill";
            case Fault.NewCertificate o -> "new-certificate";
            case Fault.Slow o -> "slow";
            case Fault.LedgerFails o -> "ledger-fails";
            case Fault.FailedOver o -> "failover";
        };
    }

    private static String end(End end) {
        return switch (end) {
            case End.Centre c -> c.county().map(county -> county + "/").orElse("") + c.id();
            case End.Devices(Selector selector) -> selector.glob();
            case End.Attacker a -> "attacker";
        };
    }
}
