package dev.tocsin.sdk.model;

import java.util.Set;

/** What kind of authority runs a centre, and so what it may order at most. */
public enum Authority {
    /** Answers for the school and its devices: may order everything. */
    EDUCATION,
    /** Acts on alarms: may look for a device and try it, but change nothing about it. */
    POLICE,
    /** As police. */
    FIRE;

    /** What it may order. */
    public Set<OrderKind> may() {
        return switch (this) {
            case EDUCATION -> Set.of(OrderKind.values());
            case POLICE, FIRE -> OrderKind.HARMLESS;
        };
    }
}
