package dev.tocsin.firmware.board.sensor;

/** Where samples of one sensor come from. All methods belong to the device's event loop, and the sink is called there. */
public interface SensorSource extends AutoCloseable {

    /** How many values a sample has; their order and units are those of the {@link SensorType}. */
    int channels();

    /**
     * Begins, once. A sensor that does not answer is told to the sink within 5 s and tried until it does.
     *
     * @param sink takes everything from now on
     */
    void start(SampleSink sink);

    /** The sensor's data-ready line became active: it is read at once, not only when its time has come. Any thread. */
    void dataReady();

    /** What was counted since the start; any thread may ask. */
    SensorCounts counts();

    /** Ends; the sink hears nothing more. Does not wait for a transfer that is under way. */
    @Override
    void close();
}
