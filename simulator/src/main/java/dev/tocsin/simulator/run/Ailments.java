package dev.tocsin.simulator.run;

import dev.tocsin.simulator.county.Trouble;
import dev.tocsin.simulator.scenario.Fault;
import java.time.Duration;

/** Turns what a device has into its trouble. */
final class Ailments {

    private Ailments() {}

    static Trouble trouble(String device, Fault.Ailment ailment) {
        return switch (ailment) {
            case Fault.PowerOff a -> new Trouble.PowerOff(device, a.lasts(), a.disk());
            case Fault.DiskFull a -> new Trouble.Disk(device, a.lasts(), Trouble.Disk.Illness.FULL, a.bytes());
            case Fault.DiskSlow a -> new Trouble.Disk(device, a.lasts(), Trouble.Disk.Illness.SLOW, a.factor());
            case Fault.DiskStall a -> new Trouble.Disk(device, a.lasts(), Trouble.Disk.Illness.STALL, 0);
            case Fault.WritesFail a -> new Trouble.Disk(device, a.lasts(), Trouble.Disk.Illness.WRITES_FAIL, 0);
            case Fault.ReadsFail a ->
                new Trouble.Disk(device, Duration.ZERO, Trouble.Disk.Illness.READS_FAIL, a.times());
            case Fault.DiskRot a -> new Trouble.Disk(device, Duration.ZERO, Trouble.Disk.Illness.ROT, a.bits());
            case Fault.ClockWrong a -> new Trouble.Clock(device, a.offset(), a.driftPpm(), false);
            case Fault.ClockUnset a -> new Trouble.Clock(device, Duration.ZERO, 0, true);
            case Fault.Stuck a ->
                new Trouble.Input(
                        device,
                        a.lasts(),
                        a.closed() ? Trouble.Input.Defect.STUCK_CLOSED : Trouble.Input.Defect.STUCK_OPEN,
                        0);
            case Fault.Chatter a -> new Trouble.Input(device, a.lasts(), Trouble.Input.Defect.CHATTER, a.perSecond());
            case Fault.Sensor a ->
                switch (a.defect()) {
                    case Fault.AtRail d -> new Trouble.Sensor(device, a.lasts(), Trouble.Sensor.Failing.STUCK, 0);
                    case Fault.Frozen d -> new Trouble.Sensor(device, a.lasts(), Trouble.Sensor.Failing.FROZEN, 0);
                    case Fault.Broken d -> new Trouble.Sensor(device, a.lasts(), Trouble.Sensor.Failing.BROKEN, 0);
                    case Fault.Saturated d ->
                        new Trouble.Sensor(device, a.lasts(), Trouble.Sensor.Failing.SATURATED, d.at());
                };
            case Fault.NatRebind a -> new Trouble.Rebind(device);
            case Fault.CertificateExpired a -> new Trouble.Certificate(device);
        };
    }
}
