package dev.tocsin.sdk.model;

import java.time.Instant;

/**
 * What a centre that holds a drill tells one that gets no drill alarms, so that whoever calls there can be told.
 *
 * @param centre id of the centre that holds it
 * @param to id of the centre that is told
 * @param order the drill's name, see {@link DrillOrder#isOrderId}
 * @param devices pattern of device ids
 * @param places where, for people
 * @param begins when it begins or began, wall clock of the centre that holds it
 * @param ends when it ends or ended
 * @param over whether it has ended
 * @param by who ordered or ended it
 */
public record DrillNotice(
        String centre,
        String to,
        String order,
        String devices,
        String places,
        Instant begins,
        Instant ends,
        boolean over,
        String by) {

    public DrillNotice {
        Bounds.check("pattern", devices, DrillOrder.MAX_TEXT_BYTES);
        Bounds.check("place", places, DrillOrder.MAX_TEXT_BYTES);
        Bounds.check("name", by, DrillOrder.MAX_TEXT_BYTES);
        if (!DrillOrder.isOrderId(order)) {
            throw new IllegalArgumentException("not an order's name");
        }
    }
}
