package dev.tocsin.simulator.centre.config;

import dev.tocsin.sdk.config.FileTrouble;
import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.crypto.Sm2Id;
import dev.tocsin.sdk.model.AlarmId;
import dev.tocsin.sdk.port.Verifier;
import dev.tocsin.simulator.centre.Partners;
import dev.tocsin.simulator.centre.registry.Sm2Ids;
import dev.tocsin.simulator.yaml.YamlMap;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes the other centres, {@code notify} and {@code notices-from}, from a centre's configuration. */
final class PartnersReader {

    private static final String TOLD = "notify";
    private static final String TELLERS = "notices-from";
    private static final String ADDRESSES = "addresses";
    private static final String KEYS = "keys";

    private final Path folder;

    /** @param folder where relative file names start */
    PartnersReader(Path folder) {
        this.folder = folder;
    }

    /** Reads them and their keys. */
    Partners read(YamlMap top, boolean drills, boolean secure) {
        List<Partners.Told> told = new ArrayList<>();
        below(top, TOLD).forEach((id, map) -> {
            List<String> addresses = addresses(map, secure);
            List<Verifier> keys = keys(id, map);
            if (!addresses.isEmpty() && !keys.isEmpty()) {
                told.add(new Partners.Told(id, addresses, keys));
            }
        });
        if (!told.isEmpty() && !drills) {
            top.problem(TOLD, "notify, but this centre holds no drills", "drills: true, or no notify");
        }
        List<Partners.Teller> tellers = new ArrayList<>();
        below(top, TELLERS).forEach((id, map) -> tellers.add(new Partners.Teller(id, keys(id, map))));
        return new Partners(told, tellers);
    }

    /** Passes over them, for who needs none of it. */
    static void skip(YamlMap top) {
        below(top, TOLD).values().forEach(map -> {
            map.texts(ADDRESSES);
            skipKeys(map);
        });
        below(top, TELLERS).values().forEach(PartnersReader::skipKeys);
    }

    private static void skipKeys(YamlMap map) {
        map.texts(KEYS);
        map.optionalText(Sm2Ids.KEY);
    }

    private static Map<String, YamlMap> below(YamlMap top, String key) {
        return top.optionalMap(key).map(YamlMap::named).orElse(Map.of());
    }

    private static List<String> addresses(YamlMap map, boolean secure) {
        List<String> addresses = map.texts(ADDRESSES);
        String scheme = secure ? "coaps" : "coap";
        if (addresses.isEmpty()) {
            map.problem(ADDRESSES, "addresses: none is listed", "addresses: [" + scheme + "://10.0.0.2]");
        }
        for (String address : addresses) {
            if (!isAddress(address, scheme)) {
                map.problem(
                        ADDRESSES,
                        "addresses: '" + address + "' is no address that this centre can call",
                        scheme + "://host:port, as it listens itself");
            }
        }
        return addresses;
    }

    private static boolean isAddress(String text, String scheme) {
        try {
            URI uri = new URI(text);
            return scheme.equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getPath().isEmpty()
                    && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private List<Verifier> keys(String id, YamlMap map) {
        if (!AlarmId.isDeviceId(id)) {
            map.problem("'" + id + "' is no id for a centre", "1 to 64 letters, digits and . _ / -");
        }
        List<String> files = map.texts(KEYS);
        if (files.isEmpty()) {
            map.problem(KEYS, "keys: none is listed", "keys: [" + id + ".pem], the public half of its signing-key");
        }
        List<Verifier> keys = new ArrayList<>();
        Sm2Id sm2Id = Sm2Ids.in(map).orElse(Sm2Id.DEFAULT);
        files.forEach(file -> key(file, sm2Id, map).ifPresent(keys::add));
        Sm2Ids.refuseIdleBeside(map, keys);
        return keys;
    }

    private Optional<Verifier> key(String file, Sm2Id sm2Id, YamlMap map) {
        try {
            return Optional.of(Keys.verifier(Files.readString(folder.resolve(file)), sm2Id));
        } catch (IOException | InvalidPathException e) {
            map.problem(
                    KEYS,
                    "the key file " + file + " cannot be read"
                            + (e instanceof IOException io ? ": " + FileTrouble.of(io) : ""),
                    "a PEM file, relative to " + folder);
        } catch (InvalidKeyException e) {
            map.problem(KEYS, file + " is not a usable key: " + e.getMessage(), "a PUBLIC KEY or CERTIFICATE as PEM");
        }
        return Optional.empty();
    }
}
