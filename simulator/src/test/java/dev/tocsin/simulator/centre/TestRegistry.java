package dev.tocsin.simulator.centre;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.AlarmKind;
import dev.tocsin.sdk.model.Place;
import dev.tocsin.simulator.centre.registry.RegisteredDevice;
import dev.tocsin.simulator.centre.registry.Registry;
import java.security.InvalidKeyException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Registries of test devices. */
final class TestRegistry {

    private TestRegistry() {}

    static Registry of(TestDevice... devices) {
        Map<String, RegisteredDevice> byId = new LinkedHashMap<>();
        for (TestDevice device : devices) {
            byId.put(device.id(), registered(device, false));
        }
        return new Registry(Map.of(), byId);
    }

    /** A device in a county. */
    static Registry in(String county, TestDevice device) {
        RegisteredDevice r = registered(device, false);
        Place place = new Place(county, "", "", "", "", Optional.empty());
        return new Registry(
                Map.of(county, county),
                Map.of(
                        r.id(),
                        new RegisteredDevice(r.id(), place, r.key(), false, r.heartbeat(), r.kinds(), r.peer())));
    }

    static Registry revoked(TestDevice device) {
        return new Registry(Map.of(), Map.of(device.id(), registered(device, true)));
    }

    static Registry onlyFor(TestDevice device, AlarmKind kind) {
        RegisteredDevice r = registered(device, false);
        return new Registry(
                Map.of(),
                Map.of(
                        r.id(),
                        new RegisteredDevice(
                                r.id(), r.place(), r.key(), false, Optional.empty(), Set.of(kind), r.peer())));
    }

    private static RegisteredDevice registered(TestDevice device, boolean revoked) {
        try {
            return new RegisteredDevice(
                    device.id(),
                    Place.UNKNOWN,
                    Keys.verifier(device.publicPem()),
                    revoked,
                    Optional.empty(),
                    Set.of(),
                    device.id());
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
