package dev.tocsin.sdk.codec;

import dev.tocsin.sdk.model.Bytes;
import java.util.List;

/**
 * What a journal keeps of one alarm, report or piece of evidence.
 *
 * @param kind what {@code body} is
 * @param body the exact bytes that are sent
 * @param route ids of the centres that shall have it
 * @param held kept until reset, even when all centres have it: a latched alarm
 */
public record OutboxItem(Kind kind, Bytes body, List<String> route, boolean held) {

    /** What is kept. */
    public enum Kind {
        /** A signed alarm. */
        ALARM,
        /** A report, not signed. */
        REPORT,
        /** Signed evidence of an alarm. */
        EVIDENCE
    }

    public OutboxItem {
        route = List.copyOf(route);
    }
}
