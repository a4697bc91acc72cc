package dev.tocsin.simulator.centre.authority;

import dev.tocsin.sdk.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Books in memory: the virtual world's. What throws within a transaction leaves nothing behind. Any thread. */
public final class MemoryBooks implements AuthorityBooks {

    private Rows rows = new Rows(new TreeMap<>(), new ArrayList<>());

    /** Empty ones. */
    public MemoryBooks() {}

    @Override
    public synchronized <T> T change(Function<Pages, T> work) {
        Rows next = new Rows(new TreeMap<>(rows.byDevice), new ArrayList<>(rows.all));
        T result = work.apply(next);
        rows = next;
        return result;
    }

    @Override
    public void close() {}

    private record Rows(Map<String, Claim> byDevice, List<Issued> all) implements Pages {

        @Override
        public List<Claim> claims() {
            return List.copyOf(byDevice.values());
        }

        @Override
        public Optional<Claim> claim(String device) {
            return Optional.ofNullable(byDevice.get(device));
        }

        @Override
        public void write(Claim claim) {
            byDevice.put(claim.device(), claim);
        }

        @Override
        public List<Issued> issued() {
            return List.copyOf(all);
        }

        @Override
        public List<Issued> issued(String device) {
            return all.stream().filter(i -> i.device().equals(device)).toList();
        }

        @Override
        public List<Issued> issuedTo(Bytes publicKey) {
            return all.stream()
                    .filter(i -> i.certificate().publicKey().equals(publicKey))
                    .toList();
        }

        @Override
        public void add(Issued one) {
            all.add(one);
        }

        @Override
        public void revoke(Bytes publicKey, Instant at) {
            all.replaceAll(i ->
                    i.certificate().publicKey().equals(publicKey) && i.revoked().isEmpty()
                            ? new Issued(i.use(), i.certificate(), i.at(), Optional.of(at))
                            : i);
        }
    }
}
