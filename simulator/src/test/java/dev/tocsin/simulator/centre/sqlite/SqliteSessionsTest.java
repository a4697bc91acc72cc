package dev.tocsin.simulator.centre.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.sdk.model.Bytes;
import dev.tocsin.simulator.centre.HandTime;
import dev.tocsin.simulator.centre.sessions.SessionShelf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteSessionsTest {

    private static final Bytes SESSION = Bytes.ofHex("0a0b0c0d0e0f");

    @TempDir
    Path folder;

    private final HandTime time = new HandTime();

    private Path file() {
        return SqliteSessions.beside(folder.resolve("police.db"));
    }

    private SqliteSessions open() {
        return switch (SqliteSessions.open(file(), time)) {
            case SqliteSessions.Opening.Opened(SqliteSessions sessions) -> sessions;
            case SqliteSessions.Opening.Unusable(String why) -> throw new AssertionError(why);
        };
    }

    private static Bytes id(int number) {
        return Bytes.wrap(ByteBuffer.allocate(32).putInt(number).array());
    }

    @Test
    void closing_it_again_does_nothing() {
        SqliteSessions sessions = open();
        sessions.close();
        sessions.close();
    }

    @Test
    void what_was_kept_is_there_after_a_restart_and_what_was_forgotten_is_not() {
        try (SqliteSessions sessions = open()) {
            sessions.keep(id(1), SESSION);
            sessions.keep(id(2), SESSION);
            sessions.forget(id(2));
            assertThat(sessions.find(id(1))).contains(SESSION);
        }
        try (SqliteSessions sessions = open()) {
            assertThat(sessions.find(id(1))).contains(SESSION);
            assertThat(sessions.find(id(2))).isEmpty();
            sessions.forget(id(1));
        }
        try (SqliteSessions sessions = open()) {
            assertThat(sessions.find(id(1))).isEmpty();
        }
    }

    @Test
    void a_session_is_as_old_as_its_full_handshake_however_often_it_is_resumed() {
        try (SqliteSessions sessions = open()) {
            sessions.keep(id(1), SESSION);
            time.advance(SessionShelf.MAX_AGE.minusHours(1));
            sessions.keep(id(1), SESSION); // resumed
            sessions.keep(id(2), SESSION);
        }
        time.advance(Duration.ofHours(1).plusSeconds(1));
        try (SqliteSessions sessions = open()) {
            assertThat(sessions.find(id(1))).isEmpty();
            assertThat(sessions.find(id(2))).contains(SESSION);
            time.advance(SessionShelf.MAX_AGE);
            assertThat(sessions.find(id(2))).isEmpty();
        }
    }

    @Test
    void so_many_are_kept_and_the_oldest_makes_room() {
        try (SqliteSessions sessions = open()) {
            for (int i = 0; i < SessionShelf.MAX; i++) {
                sessions.keep(id(i), SESSION);
            }
            assertThat(sessions.find(id(0))).isPresent();
            sessions.keep(id(SessionShelf.MAX), SESSION);
            assertThat(sessions.find(id(0))).isEmpty();
            assertThat(sessions.find(id(1))).isPresent();
        }
        try (SqliteSessions sessions = open()) {
            assertThat(sessions.find(id(1))).isPresent();
            sessions.keep(id(SessionShelf.MAX + 1), SESSION); // full again with what was read
            assertThat(Stream.of(0, 1).filter(i -> sessions.find(id(i)).isPresent()))
                    .isEmpty();
        }
    }

    @Test
    void only_its_owner_may_read_it() throws IOException {
        try (SqliteSessions sessions = open()) {
            sessions.keep(id(1), SESSION);
            try (Stream<Path> files = Files.list(folder)) {
                List<String> rights = files.map(SqliteSessionsTest::rights).toList();
                assertThat(rights).isNotEmpty().containsOnly("rw-------");
            }
        }
    }

    private static String rights(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_damaged_file_is_told_and_left_alone() throws IOException {
        byte[] noise = "no database, but long enough to be looked at as one"
                .repeat(100)
                .getBytes(StandardCharsets.UTF_8);
        Files.write(file(), noise);
        assertThat(SqliteSessions.open(file(), time))
                .isInstanceOfSatisfying(
                        SqliteSessions.Opening.Unusable.class,
                        u -> assertThat(u.why()).contains("police.db.sessions", "remove it"));
        assertThat(Files.readAllBytes(file())).isEqualTo(noise);
    }
}
