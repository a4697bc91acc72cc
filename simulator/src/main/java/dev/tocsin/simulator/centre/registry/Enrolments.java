package dev.tocsin.simulator.centre.registry;

import dev.tocsin.sdk.model.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** What the authority's books say to a centre. Any thread; blocks. */
public interface Enrolments {

    /** Equal as long as nothing was enrolled, renewed or revoked. */
    Object stamp();

    /** Reads them. */
    Snapshot read() throws IOException;

    /**
     * The books at one moment.
     *
     * @param devices each device's newest alarm key
     * @param revokedKeys SubjectPublicKeyInfo of keys that must not be believed any more
     * @param former SubjectPublicKeyInfo of alarm keys that devices had before: what they signed then is in ledgers
     */
    record Snapshot(List<Enrolled> devices, Set<Bytes> revokedKeys, List<Bytes> former) {
        /** Nobody. */
        public static final Snapshot EMPTY = new Snapshot(List.of(), Set.of(), List.of());
    }

    /**
     * An enrolled device.
     *
     * @param alarmKey SubjectPublicKeyInfo of what signs its alarms
     * @param revoked whether that is not good any more
     */
    record Enrolled(String device, Bytes alarmKey, boolean revoked) {}
}
