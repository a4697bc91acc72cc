package dev.tocsin.sdk.session;

/** When an alarm that is not answered is sent again. Argued, and compared, in docs/decisions (0003). */
public enum AlarmTiming {
    /** From the path's own round trip, 100 ms to 2 s, growing by 1.25 for four to seven retransmissions and doubling after that. */
    QUICK,

    /**
     * RFC 7252's own (section 4.8): 2 to 3 s, doubling four times, and then the same again. For networks whose operator
     * insists on it, and to compare with.
     */
    RFC_7252
}
