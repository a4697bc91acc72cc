package dev.tocsin.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's documents. */
final class Documents {

    static final Path ROOT = root();

    private Documents() {}

    static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(String path, String text) {
        try {
            Files.writeString(ROOT.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pages for integrators, without the suffix of their language: {@code installing}. */
    static List<String> inTwoLanguages() {
        return markdown().stream()
                .map(file -> ROOT.relativize(file).toString())
                .filter(file -> file.startsWith("hardware-docs/") && file.endsWith(".zh-CN.md"))
                .map(file -> file.substring("hardware-docs/".length(), file.length() - ".zh-CN.md".length()))
                .toList();
    }

    /** The code blocks of one kind, in order, without the fences. */
    static List<String> blocks(String markdown, String language) {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(markdown)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    static List<Path> markdown() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(f -> f.toString().endsWith(".md"))
                    .filter(f -> Stream.of("target", "node_modules", ".git")
                            .noneMatch(part -> ROOT.relativize(f).toString().contains(part + "/")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What our programs say, in files beside them: names from the checkout's root on. */
    static List<String> texts() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(f -> ROOT.relativize(f).toString())
                    .filter(f -> f.endsWith(".properties") && f.contains("src/main/resources/"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            Path parent = at.getParent();
            if (parent == null) {
                throw new IllegalStateException("not run inside the checkout");
            }
            at = parent;
        }
        return at;
    }
}
