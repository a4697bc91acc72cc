package dev.tocsin.firmware.board.sensor;

/** Where samples of one sensor come from. All methods belong to the device's event loop, and the sink is called there. */
public interface SensorSource extends AutoCloseable {

    /** How many values a sample has. */
    int channels();

    /**
     * Begins, once.
     *
     * @param sink takes everything from now on
     */
    void start(SampleSink sink);

    /** Ends; the sink hears nothing more. Does not wait for a transfer that is under way. */
    @Override
    void close();
}
