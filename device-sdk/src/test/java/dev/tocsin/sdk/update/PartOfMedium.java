package dev.tocsin.sdk.update;

import dev.tocsin.sdk.port.Storage;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** A folder of a medium that has others beside it: one power cut meets them all. */
record PartOfMedium(Storage medium, String folder) implements Storage {

    @Override
    public List<String> list() throws IOException {
        return medium.list().stream()
                .filter(name -> name.startsWith(folder))
                .map(name -> name.substring(folder.length()))
                .toList();
    }

    @Override
    public byte[] read(String name) throws IOException {
        return medium.read(folder + name);
    }

    @Override
    public void append(String name, byte[] bytes) {
        medium.append(folder + name, bytes);
    }

    @Override
    public void sync(String name, Consumer<SyncResult> done) {
        medium.sync(folder + name, done);
    }

    @Override
    public void delete(String name) {
        medium.delete(folder + name);
    }

    @Override
    public void close() {}
}
