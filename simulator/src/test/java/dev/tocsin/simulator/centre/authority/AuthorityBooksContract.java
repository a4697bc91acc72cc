package dev.tocsin.simulator.centre.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tocsin.sdk.crypto.Keys;
import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.sdk.model.KeyUse;
import dev.tocsin.sdk.model.SignatureAlgorithm;
import dev.tocsin.sdk.testkit.SeededEntropy;
import dev.tocsin.simulator.centre.x509.CertificateAuthority;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every authority's books do. */
public abstract class AuthorityBooksContract {

    private static final Instant NOW = Instant.parse("2027-03-01T08:00:00Z");
    private static final Duration LIFE = Duration.ofDays(60);

    private final SeededEntropy entropy = new SeededEntropy(4);
    private final CertificateAuthority authority = authority();

    /** Empty ones. */
    protected abstract AuthorityBooks open() throws IOException;

    private AuthorityBooks books = new MemoryBooks();

    @BeforeEach
    void openBooks() throws IOException {
        books = open();
    }

    private CertificateAuthority authority() {
        CertificateAuthority.WithKey made = CertificateAuthority.create("Test authority", NOW, NOW.plus(LIFE), entropy);
        try {
            return CertificateAuthority.of(made.certificate(), made.key(), entropy);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private Bytes key() {
        try {
            return Keys.publicKey(Keys.generatePem(SignatureAlgorithm.ES256, entropy));
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
    }

    private Issued issued(String device, KeyUse use, Bytes key, Instant at) {
        return new Issued(use, authority.issue(device, use, key, at, at.plus(LIFE)), at, Optional.empty());
    }

    private Claim claim(String device) {
        return Claim.fresh(device, Bytes.wrap(entropy.nextBytes(16)), NOW.plus(LIFE), Claim.Decision.APPROVED);
    }

    private <T> List<T> list(Function<AuthorityBooks.Pages, List<T>> asked) throws IOException {
        return books.change(asked);
    }

    private List<Issued> issued() throws IOException {
        return list(AuthorityBooks.Pages::issued);
    }

    private Optional<Claim> claimOf(String device) throws IOException {
        return books.change(pages -> pages.claim(device));
    }

    private void write(Consumer<AuthorityBooks.Pages> work) throws IOException {
        books.change(pages -> {
            work.accept(pages);
            return true;
        });
    }

    @Test
    void certificates_come_back_oldest_first_by_device_and_by_key() throws IOException {
        Bytes one = key();
        Bytes other = key();
        Issued first = issued("a", KeyUse.CHANNEL, one, NOW);
        Issued neighbours = issued("b", KeyUse.CHANNEL, other, NOW.plusSeconds(1));
        Issued next = issued("a", KeyUse.CHANNEL, one, NOW.plusSeconds(2));
        write(pages -> {
            pages.add(first);
            pages.add(neighbours);
        });
        write(pages -> pages.add(next));

        assertThat(issued()).containsExactly(first, neighbours, next);
        assertThat(list(pages -> pages.issued("a"))).containsExactly(first, next);
        assertThat(list(pages -> pages.issuedTo(one))).containsExactly(first, next);
        assertThat(list(pages -> pages.issued("c"))).isEmpty();
    }

    @Test
    void a_claim_takes_the_former_one_s_place() throws IOException {
        Claim later = claim("a");
        write(pages -> {
            pages.write(claim("b"));
            pages.write(claim("a"));
            pages.write(later);
        });
        assertThat(claimOf("a")).contains(later);
        assertThat(claimOf("c")).isEmpty();
        assertThat(list(AuthorityBooks.Pages::claims)).extracting(Claim::device).containsExactly("a", "b");
    }

    @Test
    void a_key_is_revoked_once_and_nobody_else_s() throws IOException {
        Bytes stolen = key();
        Bytes other = key();
        write(pages -> {
            pages.add(issued("a", KeyUse.CHANNEL, stolen, NOW));
            pages.add(issued("a", KeyUse.ALARM, other, NOW));
            pages.revoke(stolen, NOW.plusSeconds(5));
            pages.revoke(stolen, NOW.plusSeconds(9));
        });
        assertThat(issued())
                .extracting(Issued::revoked)
                .containsExactly(Optional.of(NOW.plusSeconds(5)), Optional.empty());
    }

    @Test
    void what_throws_leaves_nothing_behind() throws IOException {
        Claim kept = claim("a");
        write(pages -> pages.write(kept));
        assertThatThrownBy(() -> write(pages -> {
                    pages.write(claim("a"));
                    pages.add(issued("a", KeyUse.CHANNEL, key(), NOW));
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(claimOf("a")).contains(kept);
        assertThat(issued()).isEmpty();
    }
}
