package dev.tocsin.sdk.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be had, in words: what the JDK says of some troubles is the file's name and nothing else. */
public final class FileTrouble {

    private FileTrouble() {}

    /** A few words. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException n -> "no such file";
            case AccessDeniedException a -> "permission denied";
            case FileAlreadyExistsException f -> "something else of that name is there";
            case CharacterCodingException c -> "not a UTF-8 text file";
            case FileSystemException f when f.getReason() != null -> f.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}
