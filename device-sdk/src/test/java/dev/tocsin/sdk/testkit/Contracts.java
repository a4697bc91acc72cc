package dev.tocsin.sdk.testkit;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs contracts against implementations that are broken on purpose: a contract that cannot fail proves nothing. */
public final class Contracts {

    private Contracts() {}

    /**
     * Runs each test of a contract on an instance of its own, as JUnit would.
     *
     * @param newTest a test class over a broken implementation
     * @return the names of the tests that failed
     */
    public static SortedSet<String> brokenBy(Supplier<?> newTest) {
        SortedSet<String> failed = new TreeSet<>();
        Object first = newTest.get();
        List<Method> tests = methods(first.getClass(), Test.class);
        for (Method test : tests) {
            Object instance = test.equals(tests.getFirst()) ? first : newTest.get();
            List<Throwable> thrown = new ArrayList<>();
            for (Method before : methods(instance.getClass(), BeforeEach.class).reversed()) {
                call(before, instance, thrown);
            }
            if (thrown.isEmpty()) {
                call(test, instance, thrown);
            }
            for (Method after : methods(instance.getClass(), AfterEach.class)) {
                call(after, instance, new ArrayList<>());
            }
            if (!thrown.isEmpty()) {
                failed.add(test.getName());
            }
        }
        return failed;
    }

    private static void call(Method method, Object on, List<Throwable> thrown) {
        try {
            method.setAccessible(true);
            method.invoke(on);
        } catch (InvocationTargetException e) {
            thrown.add(e.getCause() == null ? e : e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of the class itself first. */
    private static List<Method> methods(Class<?> type, Class<? extends Annotation> mark) {
        List<Method> found = new ArrayList<>();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            for (Method method : c.getDeclaredMethods()) {
                if (method.isAnnotationPresent(mark) && method.getParameterCount() == 0) {
                    found.add(method);
                }
            }
        }
        return found;
    }
}
