package dev.tocsin.firmware.board.sensor;

/**
 * A sensor on a bus; its channels' order and units are those of the {@link SensorType}. A sensor that does not answer is told
 * to the sink within 5 s and tried until it does.
 */
public interface BusSensor extends SensorSource {

    /** The sensor's data-ready line became active: it is read at once, not only when its time has come. Any thread. */
    void dataReady();

    /** What was counted since the start; any thread may ask. */
    SensorCounts counts();
}
