package dev.tocsin.simulator.run;

import dev.tocsin.simulator.lab.LabCentres;
import dev.tocsin.simulator.lab.Laboratory.LabCentre;
import java.io.IOException;
import java.util.List;

/** A centre inside this process, on real sockets all the same. */
record CentreInProcess(LabCentres running) implements RunningCentre {

    static CentreInProcess start(LabCentre centre) throws IOException {
        return new CentreInProcess(LabCentres.start(List.of(centre.config())));
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException("a centre inside this process cannot be killed");
    }

    @Override
    public void restart() {
        throw new UnsupportedOperationException("a centre inside this process cannot be killed");
    }

    @Override
    public void close() {
        running.close();
    }
}
