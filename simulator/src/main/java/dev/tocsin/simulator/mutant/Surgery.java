package dev.tocsin.simulator.mutant;

import dev.tocsin.simulator.world.jvm.ClassFiles;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Loads classes with changes in them. A change that finds nothing to change is an error: the code has moved on. */
final class Surgery {

    private static final int ASM = Opcodes.ASM9;
    private static final String BROKEN = Type.getInternalName(Broken.class);

    private Surgery() {}

    /**
     * Makes the changes, for good, in this JVM.
     *
     * @throws IllegalStateException if a class is loaded already, or a change finds nothing to change
     */
    static void perform(List<Change> changes) {
        Map<String, List<Change>> byClass =
                changes.stream().collect(Collectors.groupingBy(Change::owner, LinkedHashMap::new, Collectors.toList()));
        byClass.forEach((owner, of) -> {
            String neighbour = owner.substring(0, owner.lastIndexOf('.')) + ".package-info";
            Set<Change> done = new HashSet<>();
            ClassFiles.load(neighbour, owner, writer -> new Changed(writer, of, done));
            of.stream().filter(c -> !done.contains(c)).findFirst().ifPresent(c -> {
                throw new IllegalStateException("there is nothing to change for " + c);
            });
        });
    }

    /** Those changes that find nothing to change in the classes as they were compiled. Loads none of them. */
    static List<Change> idle(List<Change> changes) throws IOException {
        List<Change> idle = new ArrayList<>();
        for (Change change : changes) {
            Set<Change> done = new HashSet<>();
            ClassVisitor nowhere = new ClassWriter(ClassWriter.COMPUTE_MAXS);
            String file = "/" + change.owner().replace('.', '/') + ".class";
            try (InputStream in = Surgery.class.getResourceAsStream(file)) {
                if (in != null) {
                    new ClassReader(in).accept(new Changed(nowhere, List.of(change), done), 0);
                }
            }
            if (done.isEmpty()) {
                idle.add(change);
            }
        }
        return idle;
    }

    private static final class Changed extends ClassVisitor {
        private final List<Change> changes;
        private final Set<Change> done;

        Changed(ClassVisitor next, List<Change> changes, Set<Change> done) {
            super(ASM, next);
            this.changes = changes;
            this.done = done;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            MethodVisitor written = super.visitMethod(access, name, descriptor, signature, thrown);
            for (Change change : changes) {
                boolean here = name.equals(change.method()) || name.startsWith("lambda$" + change.method() + "$");
                if (here && change instanceof Change.Body && name.equals(change.method())) {
                    done.add(change);
                    return new Emptied(written, Type.getReturnType(descriptor));
                }
                if (here && !(change instanceof Change.Body)) {
                    written = new Rerouted(written, change, done);
                }
            }
            return written;
        }
    }

    /** Throws the code away and writes {@code return} or {@code return true}. */
    private static final class Emptied extends MethodVisitor {
        private final MethodVisitor written;
        private final Type returned;

        Emptied(MethodVisitor written, Type returned) {
            super(ASM);
            this.written = written;
            this.returned = returned;
        }

        @Override
        public void visitCode() {
            written.visitCode();
            if (!returned.equals(Type.VOID_TYPE)) {
                written.visitInsn(Opcodes.ICONST_1);
            }
            written.visitInsn(returned.getOpcode(Opcodes.IRETURN));
            written.visitMaxs(0, 0);
            written.visitEnd();
        }

        @Override
        public void visitLineNumber(int line, Label start) {
            // belongs to code that is gone
        }
    }

    private static final class Rerouted extends MethodVisitor {
        private final Change change;
        private final Set<Change> done;

        Rerouted(MethodVisitor next, Change change, Set<Change> done) {
            super(ASM, next);
            this.change = change;
            this.done = done;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            String callee = owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('$')) + 1) + "." + name;
            switch (change) {
                case Change.Call call
                when call.callee().equals(callee) -> {
                    done.add(change);
                    broken(call.broken());
                }
                case Change.Result result
                when result.callee().equals(callee) -> {
                    done.add(change);
                    super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
                    broken(result.broken());
                }
                default -> super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
            }
        }

        private void broken(String name) {
            Method method = Arrays.stream(Broken.class.getDeclaredMethods())
                    .filter(m -> m.getName().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Broken has no " + name));
            super.visitMethodInsn(Opcodes.INVOKESTATIC, BROKEN, name, Type.getMethodDescriptor(method), false);
        }
    }
}
