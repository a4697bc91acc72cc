package com.example.vendor;

import dev.tocsin.sdk.Device;
import dev.tocsin.sdk.DeviceConfig;
import dev.tocsin.sdk.RaisedAlarm;
import dev.tocsin.sdk.TocsinRuntime;
import dev.tocsin.sdk.model.AlarmKind;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Raises one fire alarm and waits until every centre has it. Usage: SmokeGateway DEVICE.toml */
public class SmokeGateway {
    public static void main(String[] args) throws Exception {
        DeviceConfig config = DeviceConfig.load(Path.of(args[0])).orThrow();
        try (TocsinRuntime runtime = TocsinRuntime.start();
                Device device = runtime.open(config)) {
            device.onRemark(System.out::println);
            RaisedAlarm alarm = device.raise(AlarmKind.FIRE);
            alarm.sent().thenAccept(status -> System.out.println("raised " + status.alarm().id()));
            alarm.receivedByAll()
                    .get(30, TimeUnit.SECONDS)
                    .deliveries()
                    .forEach((centre, delivery) -> System.out.println(centre + ": " + delivery.state()));
        }
    }
}
