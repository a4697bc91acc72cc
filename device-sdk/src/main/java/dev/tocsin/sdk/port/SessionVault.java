package dev.tocsin.sdk.port;

import dev.tocsin.sdk.model.Bytes;
import java.util.Optional;

/**
 * Where a centre keeps what its devices resume their sessions from, over its restarts: secrets. Bounded in number and age.
 * No method waits for a medium. Any thread.
 */
public interface SessionVault {

    /** Keeps a session under its id. One that is there already stays as it is, and as old. */
    void keep(Bytes id, Bytes session);

    /** The session of this id, unless it is too old by now. */
    Optional<Bytes> find(Bytes id);

    /** Forgets a session. One that is not there is no error. */
    void forget(Bytes id);
}
