package dev.tocsin.sdk.update;

import java.time.Duration;

/**
 * How patient updates are.
 *
 * @param partBytes kept at once: at most so much is fetched again after a power cut; a multiple of a block's 1024 bytes
 * @param retryAfter pause after a block that did not come; doubles to {@code retryAtMost}, but where
 *     the centre only says that there were too many requests (4.29)
 * @param proof within what time from its start a new program has to prove itself
 */
public record UpdateSettings(int partBytes, Duration retryAfter, Duration retryAtMost, Duration proof) {

    /** 64 KiB; 5 s to 5 min; 15 min. */
    public static final UpdateSettings USUAL =
            new UpdateSettings(64 << 10, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMinutes(15));

    public UpdateSettings {
        if (partBytes < 1024 || partBytes % 1024 != 0) {
            throw new IllegalArgumentException("parts of whole blocks of 1024 bytes");
        }
    }
}
