package dev.tocsin.sdk.model;

import java.util.EnumSet;
import java.util.Set;

/** What kind of authority runs a centre, and so what it may order at most. */
public enum Authority {
    /** Answers for the school and its devices: may order everything. */
    EDUCATION(EnumSet.allOf(OrderKind.class)),
    /** Acts on alarms: may look for a device and try it, but change nothing about it. */
    POLICE(OrderKind.HARMLESS),
    /** As police. */
    FIRE(OrderKind.HARMLESS);

    private final Set<OrderKind> may;

    Authority(Set<OrderKind> may) {
        this.may = Set.copyOf(may);
    }

    /** What it may order. */
    public Set<OrderKind> may() {
        return may;
    }
}
