package dev.tocsin.sdk.coap;

import dev.tocsin.sdk.port.Entropy;
import java.nio.ByteBuffer;
import org.eclipse.californium.core.coap.Token;
import org.eclipse.californium.core.network.KeyToken;
import org.eclipse.californium.core.network.TokenGenerator;

/** Tokens of 8 random bytes, each meant for one peer (RFC 7252, section 5.3.1). Any thread. */
final class EntropyTokens implements TokenGenerator {

    private final Entropy entropy;

    EntropyTokens(Entropy entropy) {
        this.entropy = entropy;
    }

    @Override
    public Token createToken(Scope scope) {
        return Token.fromProvider(
                ByteBuffer.allocate(Long.BYTES).putLong(entropy.nextLong()).array());
    }

    @Override
    public Scope getScope(Token token) {
        return Scope.SHORT_TERM_CLIENT_LOCAL;
    }

    @Override
    public KeyToken getKeyToken(Token token, Object peer) {
        return new KeyToken(token, peer);
    }
}
