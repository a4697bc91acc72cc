package dev.tocsin.simulator.world.jvm;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Loads a library's class with one of the classes it uses exchanged for another that has the same members. */
final class Redirect {

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
        Exchange exchange = new Exchange(from, to);
        ClassFiles.load(neighbour, target, writer -> new ClassRemapper(Opcodes.ASM9, writer, exchange) {
            @Override
            public void visitEnd() {
                if (!exchange.found) {
                    throw new IllegalStateException(
                            target + " does not use " + from + ": another version of the library?");
                }
                super.visitEnd();
            }
        });
    }

    private static final class Exchange extends Remapper {
        private final String from;
        private final String to;
        private boolean found;

        Exchange(String from, String to) {
            super(Opcodes.ASM9);
            this.from = from;
            this.to = to;
        }

        @Override
        public String map(String internalName) {
            if (!internalName.equals(from)) {
                return internalName;
            }
            found = true;
            return to;
        }
    }
}
