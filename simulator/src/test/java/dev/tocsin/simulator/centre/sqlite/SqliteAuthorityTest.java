package dev.tocsin.simulator.centre.sqlite;

import dev.tocsin.simulator.centre.authority.AuthorityBooks;
import dev.tocsin.simulator.centre.authority.AuthorityBooksContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteAuthorityTest extends AuthorityBooksContract {

    @TempDir
    Path folder = Path.of("");

    @Override
    protected AuthorityBooks open() throws IOException {
        return SqliteAuthority.open(Files.createFile(folder.resolve("books.db")));
    }
}
