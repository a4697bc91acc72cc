package dev.tocsin.simulator.world.jvm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/**
 * Loads a library's class with one of the classes it uses exchanged for another that has the same members: a reference to a
 * class is one string in the constant pool (JVMS 4.4.1).
 */
final class Redirect {

    private static final int MAGIC = 0xCAFEBABE;

    private Redirect() {}

    /**
     * Does it.
     *
     * @param neighbour a harmless class of the same package, to get into it
     * @param target the class to load
     * @param from the class that it uses, with slashes
     * @param to the class to use in its place
     * @throws IllegalStateException if the target is loaded already, or not as expected
     */
    static void in(String neighbour, String target, String from, String to) {
        try {
            Class<?> there = Class.forName(neighbour, false, Redirect.class.getClassLoader());
            byte[] changed = changed(there, target, from, to);
            MethodHandles.privateLookupIn(there, MethodHandles.lookup()).defineClass(changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(
                    target + " cannot be made deterministic: is it loaded already? (" + e + ")", e);
        }
    }

    private static byte[] changed(Class<?> there, String target, String from, String to) throws IOException {
        String file = target.substring(target.lastIndexOf('.') + 1) + ".class";
        try (InputStream original = there.getResourceAsStream(file)) {
            if (original == null) {
                throw new IllegalStateException("no such class: " + target);
            }
            byte[] changed = exchange(original.readAllBytes(), from, to);
            if (changed.length == 0) {
                throw new IllegalStateException(target + " does not use " + from + ": another version of the library?");
            }
            return changed;
        }
    }

    /** The class with the string exchanged; empty if it is not in there. */
    private static byte[] exchange(byte[] classFile, String from, String to) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length + to.length());
        DataOutputStream out = new DataOutputStream(bytes);
        if (in.readInt() != MAGIC) {
            throw new IOException("not a class file");
        }
        out.writeInt(MAGIC);
        out.writeInt(in.readInt()); // version
        int count = in.readUnsignedShort();
        out.writeShort(count);
        boolean found = false;
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            out.writeByte(tag);
            if (tag == 1) {
                String text = in.readUTF();
                found |= text.equals(from);
                out.writeUTF(text.equals(from) ? to : text);
            } else {
                out.write(in.readNBytes(length(tag)));
                i += tag == 5 || tag == 6 ? 1 : 0; // a long or double takes two places
            }
        }
        in.transferTo(out);
        return found ? bytes.toByteArray() : new byte[0];
    }

    /** Bytes after the tag of a constant that is no string (JVMS table 4.4-A). */
    private static int length(int tag) throws IOException {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case 5, 6 -> 8;
            default -> throw new IOException("no such constant: " + tag);
        };
    }
}
