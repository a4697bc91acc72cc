package dev.tocsin.firmware.app.doctor;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** This machine has an address, and the names of the centres have one. */
final class NetworkCheck implements Check {

    @Override
    public List<Finding> look(Case device, Machine machine) {
        if (device.config().isEmpty()) {
            return List.of();
        }
        List<Finding> found = new ArrayList<>();
        List<String> hosts = device.config().get().device().settings().centres().stream()
                .flatMap(centre -> centre.addresses().stream())
                .map(address -> URI.create(address).getHost())
                .distinct()
                .toList();
        boolean onlyHere = hosts.stream().allMatch(host -> host.startsWith("127.") || host.equals("localhost"));
        if (machine.addresses().isEmpty()) {
            found.add(onlyHere ? Finding.ok("network.alone") : Finding.broken("network.none"));
        } else {
            found.add(Finding.ok("network.good", String.join(", ", machine.addresses())));
        }
        hosts.stream()
                .filter(host -> !machine.isKnown(host))
                .forEach(host -> found.add(Finding.broken("network.name", host)));
        return found;
    }
}
