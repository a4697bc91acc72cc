package dev.tocsin.simulator.mutant;

/** What is changed in one method of one class. Classes are named in full; every overload of a method's name is meant. */
sealed interface Change {

    /** The class that is changed. */
    String owner();

    /** The method in it; constructors are {@code <init>}. What the compiler made of its lambdas belongs to it. */
    String method();

    /** The method does nothing, and returns true where it returns something. */
    record Body(String owner, String method) implements Change {}

    /**
     * What the method calls is not called: a method of {@link Broken} is, with the receiver as the first argument.
     *
     * @param callee the simple name of the class that is called, and the method
     */
    record Call(String owner, String method, String callee, String broken) implements Change {}

    /**
     * What comes back from what the method calls goes through a method of {@link Broken}.
     *
     * @param callee the simple name of the class that is called, and the method
     */
    record Result(String owner, String method, String callee, String broken) implements Change {}
}
