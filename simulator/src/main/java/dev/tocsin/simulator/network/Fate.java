package dev.tocsin.simulator.network;

/** What became of a datagram, or of one copy of it. */
public enum Fate {
    /** A socket has it. */
    DELIVERED('d'),
    /** A socket has one more copy of it. */
    DUPLICATED('D'),
    /** Lost on the path. */
    LOST('l'),
    /** The path was cut. */
    PARTITIONED('p'),
    /** Larger than the path's MTU. */
    TOO_LARGE('m'),
    /** A line's queue was full. */
    QUEUE_FULL('q'),
    /** The receiver's NAT knows no such port any more. */
    NAT_CLOSED('n'),
    /** No such host, no such port, or no power. */
    NOBODY_THERE('0'),
    /** An attacker kept it. */
    WITHHELD('w');

    /** Stands for it in digests, whatever is added above. */
    final char code;

    Fate(char code) {
        this.code = code;
    }
}
