package dev.tocsin.sdk.model;

import java.time.Duration;
import java.time.Instant;

/**
 * When, as the device saw it. Only {@code sinceBoot} orders events; the wall clock is for people.
 *
 * @param wall the device's wall clock
 * @param quality how far to believe it
 * @param sinceBoot monotonic time since the device's process started, 0 or more
 */
public record DeviceTime(Instant wall, ClockQuality quality, Duration sinceBoot) {}
