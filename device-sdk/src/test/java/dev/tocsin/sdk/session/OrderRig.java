package dev.tocsin.sdk.session;

import dev.tocsin.sdk.codec.OrderMessages;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.DeviceOrder;
import dev.tocsin.sdk.model.Heartbeat;
import dev.tocsin.sdk.model.OrderResult;
import dev.tocsin.sdk.model.OrderTask;
import dev.tocsin.sdk.testkit.MemoryStorage.Unsynced;
import dev.tocsin.sdk.testkit.ScriptedCentre;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A rig whose centres order things of a device with a sensor called rail. */
final class OrderRig implements Maintenance {

    static final Duration DAY = Duration.ofDays(1);
    static final OrderTask SELF_TEST = new OrderTask.SelfTest();
    static final OrderTask REBOOT = new OrderTask.Reboot();
    static final OrderTask BYPASS = new OrderTask.Bypass("rail", Duration.ofHours(1));
    static final OrderTask LOCATE = new OrderTask.Locate(Duration.ofMinutes(2));
    static final OrderTask FASTER = adjust(Duration.ofSeconds(10));

    final SessionRig rig;
    int restarts;
    Trial board = new Trial(true, "panic open, reset open");

    OrderRig(SessionRig rig) {
        this.rig = rig;
        rig.session.maintain(this);
        rig.ready();
        rig.pass(Duration.ofSeconds(15)); // the second heartbeat is through, the third 50 s away
    }

    static OrderRig ready() {
        return new OrderRig(new SessionRig());
    }

    static OrderTask adjust(Duration heartbeat) {
        return new OrderTask.Adjust(0, Optional.of(heartbeat), Optional.empty(), Duration.ofMinutes(5));
    }

    @Override
    public Set<String> sensors() {
        return Set.of("rail");
    }

    @Override
    public void tryOut(Consumer<Trial> done) {
        done.accept(board);
    }

    @Override
    public Optional<Runnable> restart() {
        return Optional.of(() -> restarts++);
    }

    /** An order that answers the last heartbeat to its centre. */
    DeviceOrder order(ScriptedCentre by, long number, OrderTask task) {
        Heartbeat heard = by.heartbeats().getLast();
        return new DeviceOrder(by.id(), heard.device(), number, heard.echo(), DAY, "Zhang", task);
    }

    Bytes signed(ScriptedCentre by, DeviceOrder order) {
        return OrderMessages.sign(order, by.signer()).bytes();
    }

    /** Pushes an order of the education centre, and lets its result arrive. The device's code. */
    int push(long number, OrderTask task) {
        return push(rig.education, number, task);
    }

    int push(ScriptedCentre by, long number, OrderTask task) {
        return push(signed(by, order(by, number, task)));
    }

    int push(Bytes signed) {
        int code = rig.transport.push("order", signed);
        rig.passMs(300);
        return code;
    }

    /** The last result at the education centre. */
    OrderResult result() {
        return rig.education.results().getLast();
    }

    /** Cuts the power and puts it back. */
    OrderRig reboot(Unsynced how) {
        rig.reboot(how);
        rig.session.maintain(this);
        rig.start();
        rig.pass(Duration.ofSeconds(3));
        return this;
    }
}
