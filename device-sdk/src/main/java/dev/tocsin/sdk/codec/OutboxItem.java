package dev.tocsin.sdk.codec;

import dev.tocsin.sdk.model.Bytes;
import java.util.List;

/**
 * What a journal keeps of one alarm or report.
 *
 * @param isReport whether {@code body} is a report rather than a signed alarm
 * @param body the exact bytes that are sent
 * @param route ids of the centres that shall have it
 * @param held kept until reset, even when all centres have it: a latched alarm
 */
public record OutboxItem(boolean isReport, Bytes body, List<String> route, boolean held) {
    public OutboxItem {
        route = List.copyOf(route);
    }
}
