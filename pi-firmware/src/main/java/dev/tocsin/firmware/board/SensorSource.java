package dev.tocsin.firmware.board;

/** Where a sensor's samples come from. All methods belong to the device's event loop. */
public interface SensorSource extends AutoCloseable {

    /** Begins, once. */
    void start(SampleSink sink);

    /** Ends; the sink hears nothing more. */
    @Override
    void close();
}
