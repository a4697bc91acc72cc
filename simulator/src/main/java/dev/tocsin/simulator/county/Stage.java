package dev.tocsin.simulator.county;

import dev.tocsin.firmware.app.ButtonDevice;
import dev.tocsin.simulator.board.VirtualSensor;
import dev.tocsin.simulator.check.Deed;
import dev.tocsin.simulator.check.Happening;
import dev.tocsin.simulator.county.CountyPlan.Move;
import dev.tocsin.simulator.world.World;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets happen at the devices what is planned: hands move contacts, sensors meet something. Tells the chronicle.
 *
 * @param startNs when the scenario starts, the world's nanoseconds
 */
record Stage(World world, long startNs, Map<String, FieldDevice> devices, Chronicle chronicle) {

    /** Each device's moves follow one another, so that no more than one of each waits. */
    void hands(List<Move> all) {
        Map<String, Deque<Move>> byDevice = new LinkedHashMap<>();
        all.forEach(move ->
                byDevice.computeIfAbsent(move.device(), d -> new ArrayDeque<>()).add(move));
        byDevice.forEach((device, moves) -> {
            FieldDevice button = devices.get(device);
            if (button == null) {
                throw new IllegalArgumentException("no device " + device);
            }
            next(button, moves);
        });
    }

    /** Something is played to a sensor, which samples at its rate from a while before. */
    void signal(CountyPlan.PlannedSignal signal) {
        VirtualSensor sensor = Optional.ofNullable(devices.get(signal.device()))
                .flatMap(FieldDevice::sensor)
                .orElseThrow(() -> new IllegalArgumentException("no sensor at " + signal.device()));
        long atNs = startNs + signal.atNs() - world.nanoTime();
        Duration whole = SensorKit.LEAD.plus(signal.length()).plus(SensorKit.TAIL);
        var unused = world.schedule(Math.max(0, atNs - SensorKit.LEAD.toNanos()), () -> sensor.expect(whole));
        unused = world.schedule(atNs, () -> {
            long nowNs = world.nanoTime();
            long toNs = nowNs + signal.length().toNanos();
            chronicle.happening(new Happening(signal.id(), signal.device(), signal.owes(), nowNs, toNs, false));
            sensor.play(signal.source(), signal.length());
        });
    }

    private void next(FieldDevice button, Deque<Move> moves) {
        Move move = moves.poll();
        if (move != null) {
            var unused = world.schedule(startNs + move.atNs() - world.nanoTime(), () -> {
                if (move.begins() != null) {
                    chronicle.deed(new Deed(
                            move.begins().id(), button.id(), move.begins().kind(), world.nanoTime()));
                }
                if (!move.closed() && move.input().equals(ButtonDevice.PANIC)) {
                    chronicle.released(button.id(), Deed.Kind.PRESS, world.nanoTime());
                }
                button.contacts().set(move.input(), move.closed());
                next(button, moves);
            });
        }
    }
}
