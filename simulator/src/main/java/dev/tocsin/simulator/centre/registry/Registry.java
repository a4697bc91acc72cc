package dev.tocsin.simulator.centre.registry;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.port.Verifier;
import java.security.InvalidKeyException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Whom a centre knows, at one moment. Immutable; looking up is one step, however many there are. */
public final class Registry {

    /** A registry that knows nobody. */
    public static final Registry EMPTY = new Registry(Map.of(), Map.of());

    private final Map<String, String> counties;
    private final Map<String, RegisteredDevice> byId;
    private final Map<Bytes, RegisteredDevice> byKey = new LinkedHashMap<>();
    private final Map<Bytes, Verifier> formerKeys = new LinkedHashMap<>();
    private final Set<Bytes> revokedKeys;

    /** As {@link #Registry(Map, Map, Set)}, where no key is known to be revoked. */
    public Registry(Map<String, String> counties, Map<String, RegisteredDevice> devices) {
        this(counties, devices, Set.of());
    }

    /**
     * A registry.
     *
     * @param counties names of county-level units by their code
     * @param devices devices by id, each with a key of its own
     * @param revokedKeys SubjectPublicKeyInfo of keys whose certificates the authority revoked
     */
    public Registry(Map<String, String> counties, Map<String, RegisteredDevice> devices, Set<Bytes> revokedKeys) {
        this(counties, devices, revokedKeys, List.of());
    }

    /**
     * As {@link #Registry(Map, Map, Set)}.
     *
     * @param former verify what devices signed before they enrolled anew; nothing new is believed for them
     */
    public Registry(
            Map<String, String> counties,
            Map<String, RegisteredDevice> devices,
            Set<Bytes> revokedKeys,
            List<Verifier> former) {
        former.forEach(key -> formerKeys.put(key.keyId(), key));
        this.revokedKeys = Set.copyOf(revokedKeys);
        this.counties = Collections.unmodifiableMap(new LinkedHashMap<>(counties));
        this.byId = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
        for (RegisteredDevice device : devices.values()) {
            if (byKey.put(device.key().keyId(), device) != null) {
                throw new IllegalArgumentException("two devices with the key of " + device.id());
            }
        }
    }

    /** The device of this key id. */
    public Optional<RegisteredDevice> byKey(Bytes keyId) {
        return Optional.ofNullable(byKey.get(keyId));
    }

    /** What verifies signatures of this key id, a device's present or former one: for what is in a ledger already. */
    public Optional<Verifier> keyOfOld(Bytes keyId) {
        return byKey(keyId).map(RegisteredDevice::key).or(() -> Optional.ofNullable(formerKeys.get(keyId)));
    }

    /** The device of this id. */
    public Optional<RegisteredDevice> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Whether the certificates of this key, a SubjectPublicKeyInfo, are revoked. */
    public boolean isRevoked(Bytes publicKey) {
        return revokedKeys.contains(publicKey);
    }

    /** The same, where these keys, each a SubjectPublicKeyInfo, are not to be believed any more either. */
    Registry revoking(Set<Bytes> keys) {
        Set<Bytes> all = new HashSet<>(revokedKeys);
        all.addAll(keys);
        Set<Bytes> ids = new HashSet<>();
        for (Bytes key : keys) {
            try {
                ids.add(Keys.verifierOf(key, Sm2Id.DEFAULT).keyId());
            } catch (InvalidKeyException e) {
                // no key of a device
            }
        }
        Map<String, RegisteredDevice> devices = new LinkedHashMap<>();
        byId.forEach((id, device) -> devices.put(id, ids.contains(device.key().keyId()) ? device.asRevoked() : device));
        return new Registry(counties, devices, all);
    }

    /** All devices, in the order of the file. */
    public Collection<RegisteredDevice> devices() {
        return byId.values();
    }

    /** Names of county-level units by their code. */
    public Map<String, String> counties() {
        return counties;
    }
}
