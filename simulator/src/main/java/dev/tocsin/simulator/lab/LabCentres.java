package dev.tocsin.simulator.lab;

import dev.tocsin.sdk.config.Loaded;
import dev.tocsin.sdk.config.Problem;
import dev.tocsin.simulator.centre.coap.CentreServer;
import dev.tocsin.simulator.centre.config.CentreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Centres of a laboratory that run in this process. */
public final class LabCentres implements AutoCloseable {

    private final Map<String, CentreServer> servers = new LinkedHashMap<>();

    private LabCentres() {}

    /**
     * Starts centres.
     *
     * @param configs their configuration files
     * @throws IOException if one cannot start, with its problems, a line each
     */
    public static LabCentres start(List<Path> configs) throws IOException {
        LabCentres centres = new LabCentres();
        try {
            for (Path config : configs) {
                centres.startOne(config);
            }
            return centres;
        } catch (IOException e) {
            centres.close();
            throw e;
        }
    }

    /** The running centres by id. */
    public Map<String, CentreServer> servers() {
        return Collections.unmodifiableMap(servers);
    }

    @Override
    public void close() {
        servers.values().forEach(CentreServer::close);
    }

    private void startOne(Path file) throws IOException {
        List<Problem> problems = switch (CentreConfig.load(file)) {
            case Loaded.Bad<CentreConfig>(List<Problem> why) -> why;
            case Loaded.Ok<CentreConfig>(CentreConfig config) ->
                switch (CentreServer.start(config)) {
                    case CentreServer.Starting.Failed(List<Problem> why) -> why;
                    case CentreServer.Starting.Unavailable(Problem why) -> List.of(why);
                    case CentreServer.Starting.Started(CentreServer server) -> {
                        servers.put(config.settings().id(), server);
                        yield List.of();
                    }
                };
        };
        if (!problems.isEmpty()) {
            throw new IOException(
                    String.join("\n", problems.stream().map(Problem::toString).toList()));
        }
    }
}
