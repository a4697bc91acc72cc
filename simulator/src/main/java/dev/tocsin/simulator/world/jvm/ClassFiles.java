package dev.tocsin.simulator.world.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.function.UnaryOperator;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;

/** Loads a class other than it was compiled, before anybody else loads it. */
public final class ClassFiles {

    private ClassFiles() {}

    /**
     * Loads a class through visitors that change it. They must not change which values lie on the stack at a branch.
     *
     * @param neighbour a harmless class of the same package, to get into it
     * @param target the class to load
     * @param change wraps the writer
     * @throws IllegalStateException if the target is loaded already, or cannot be found
     */
    public static void load(String neighbour, String target, UnaryOperator<ClassVisitor> change) {
        try {
            Class<?> there = Class.forName(neighbour, false, ClassFiles.class.getClassLoader());
            byte[] changed = changed(there, target, change);
            MethodHandles.privateLookupIn(there, MethodHandles.lookup()).defineClass(changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException(target + " cannot be changed: is it loaded already? (" + e + ")", e);
        }
    }

    private static byte[] changed(Class<?> there, String target, UnaryOperator<ClassVisitor> change)
            throws IOException {
        String file = target.substring(target.lastIndexOf('.') + 1) + ".class";
        try (InputStream original = there.getResourceAsStream(file)) {
            if (original == null) {
                throw new IllegalStateException("no such class: " + target);
            }
            ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            new ClassReader(original).accept(change.apply(writer), 0);
            return writer.toByteArray();
        }
    }
}
