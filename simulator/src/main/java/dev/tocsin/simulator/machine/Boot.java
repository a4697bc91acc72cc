package dev.tocsin.simulator.machine;

import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.port.DatagramNetwork;
import dev.tocsin.simulator.world.SeededEntropy;
import dev.tocsin.simulator.world.VirtualClock;
import dev.tocsin.simulator.world.VirtualLoop;

/**
 * What a program finds when its machine starts.
 *
 * @param number 1 for the first time
 * @param loop its event loop, executor and timers in one; ends with the power
 * @param clock the machine's
 * @param entropy of this boot
 * @param network the machine's; its sockets end with the power
 */
public record Boot(long number, VirtualLoop loop, VirtualClock clock, SeededEntropy entropy, DatagramNetwork network) {

    /** The SDK's runtime on it. */
    public TocsinRuntime runtime(TocsinRuntime.Disk disk) {
        return TocsinRuntime.of(new TocsinRuntime.Parts(loop, loop, clock, entropy, network, disk));
    }
}
