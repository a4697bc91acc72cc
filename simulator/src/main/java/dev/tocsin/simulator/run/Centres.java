package dev.tocsin.simulator.run;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.port.Clock;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.sqlite.SqliteLedger;
import dev.tocsin.simulator.check.LedgerCopy;
import dev.tocsin.simulator.lab.Laboratory;
import dev.tocsin.simulator.lab.Laboratory.LabCentre;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The centres of a run. One thread at a time. */
record Centres(Map<String, RunningCentre> byId) implements AutoCloseable {

    Centres {
        byId = Collections.unmodifiableMap(new LinkedHashMap<>(byId));
    }

    /**
     * Starts them all. Blocks until they listen.
     *
     * @param processes whether each gets a process of its own
     * @param tocsin the command that is this program
     * @throws IOException if one does not start, saying why; then none is left running
     */
    static Centres start(Laboratory lab, boolean processes, List<String> tocsin) throws IOException {
        Map<String, RunningCentre> started = new LinkedHashMap<>();
        try {
            for (LabCentre centre : lab.centres()) {
                started.put(
                        centre.id(), processes ? CentreProcess.start(centre, tocsin) : CentreInProcess.start(centre));
            }
            return new Centres(started);
        } catch (IOException e) {
            new Centres(started).close();
            throw e;
        }
    }

    /** What the ledger files hold, read from outside and verified with the observer's own copy of the devices' keys. */
    static List<LedgerCopy> ledgers(Laboratory lab, Clock clock) throws IOException {
        Map<String, Verifier> keys = new LinkedHashMap<>();
        for (Map.Entry<String, Path> device : lab.devices().entrySet()) {
            try {
                keys.put(
                        device.getKey(),
                        Keys.verifier(Files.readString(device.getValue().resolve("alarm-public.pem"))));
            } catch (InvalidKeyException e) {
                throw new IOException("the key of " + device.getKey() + " cannot be read: " + e.getMessage(), e);
            }
        }
        List<LedgerCopy> copies = new ArrayList<>();
        for (LabCentre centre : lab.centres()) {
            switch (SqliteLedger.openExisting(centre.ledger(), clock)) {
                case SqliteLedger.Opening.Unusable(String why) -> throw new IOException(why);
                case SqliteLedger.Opening.Opened(SqliteLedger ledger) -> {
                    try (ledger) {
                        copies.add(LedgerCopy.read(centre.id(), ledger, keys));
                    }
                }
            }
        }
        return copies;
    }

    @Override
    public void close() {
        byId.values().forEach(RunningCentre::close);
    }
}
