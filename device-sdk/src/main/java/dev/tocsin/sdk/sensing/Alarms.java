package dev.tocsin.sdk.sensing;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.model.Evidence;
import dev.tocsin.sdk.session.AlarmRequest;
import dev.tocsin.sdk.session.AlarmStatus;
import java.util.function.Consumer;

/** What a watch needs of its device. Called on the event loop. */
interface Alarms {

    /**
     * Raises an alarm.
     *
     * @param raised told, later and on the event loop, when the alarm is signed and on its way
     */
    void raise(AlarmRequest request, Consumer<AlarmStatus> raised);

    void raiseFault(String cause, String text);

    void clearFault(String cause);

    void evidence(AlarmStatus alarm, Evidence evidence);

    /** Those of a device, as this sensor's. */
    static Alarms of(Device device, String sensor) {
        return new Alarms() {
            @Override
            public void raise(AlarmRequest request, Consumer<AlarmStatus> raised) {
                var unused = device.raise(sensor, request).sent().thenAccept(raised);
            }

            @Override
            public void raiseFault(String cause, String text) {
                device.raiseFault(cause, text);
            }

            @Override
            public void clearFault(String cause) {
                device.clearFault(cause);
            }

            @Override
            public void evidence(AlarmStatus alarm, Evidence evidence) {
                device.evidence(alarm, evidence);
            }
        };
    }
}
