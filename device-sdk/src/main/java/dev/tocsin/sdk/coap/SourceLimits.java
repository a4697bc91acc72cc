package dev.tocsin.sdk.coap;

/**
 * How much a centre takes of one source before it says "later", so that a flood from one does not slow another's alarm. Each
 * rate is a bucket of tokens: {@code burst} at once, {@code perSecond} in the long run.
 *
 * <p>Who has a certificate is one source, wherever it calls from: a school behind one address is as many sources as it has
 * devices. Who has none (plain CoAP, a handshake) is told apart by its address only, and is given {@value #SHARED} times as
 * much, for many may share that.
 *
 * @param messages requests of one source; of a block-wise transfer (RFC 7959) the first block counts
 * @param bytes payload of one source's requests, every block counted
 * @param uploads block-wise transfers that one source begins. Each sets {@value Tuning#MAX_UPLOAD_BYTES} bytes aside until it
 *     ends, or is {@value Tuning#UPLOAD_S} s old, from however many sessions they come; {@value OpenUploads#MAX_OF_ONE} at once
 * @param handshakes of one address that has shown that it is there (by the cookie, RFC 6347, section 4.2.1)
 * @param sources told apart at once; who was not heard of for longest is forgotten first
 */
public record SourceLimits(Rate messages, Rate bytes, Rate uploads, Rate handshakes, int sources) {

    /** How many share an address: a school. */
    static final int SHARED = 10;

    /** What a device needs on its worst day is far less: a full journal goes out eight at a time. */
    public static final SourceLimits USUAL = new SourceLimits(
            new Rate(50, 300), new Rate(128 << 10, 4 << 20), new Rate(4, 64), new Rate(50, 1_000), 4_096);

    /** Nothing is refused: for measuring what a centre could do. */
    public static final SourceLimits NONE = new SourceLimits(Rate.NONE, Rate.NONE, Rate.NONE, Rate.NONE, 1);

    /** A bucket of tokens: so many at once, and so many again each second. */
    public record Rate(double perSecond, double burst) {

        /** As many as come. */
        public static final Rate NONE = new Rate(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

        public Rate {
            if (!(perSecond > 0) || !(burst >= 1)) {
                throw new IllegalArgumentException(
                        "a rate of nothing: " + perSecond + " a second, " + burst + " at once");
            }
        }

        Rate shared() {
            return new Rate(perSecond * SHARED, burst * SHARED);
        }

        boolean isNone() {
            return Double.isInfinite(burst);
        }
    }

    public SourceLimits {
        if (sources < 1) {
            throw new IllegalArgumentException("at least one source");
        }
    }
}
