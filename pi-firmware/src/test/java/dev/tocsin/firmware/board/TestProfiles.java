package dev.tocsin.firmware.board;

/** Profiles for tests. */
final class TestProfiles {

    private TestProfiles() {}

    static BoardProfile wallButton() {
        return BoardProfiles.builtIn("wall-button").orThrow();
    }

    static BoardProfile parse(String toml) {
        return BoardProfiles.parse("test", toml).orThrow();
    }
}
