package dev.tocsin;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/** What asks the machine for something, called or handed on as a reference, whatever its parameters. */
enum MachineCalls {
    /** Clocks, and randomness that no seed of ours made. */
    TIME_OR_CHANCE(MachineCallSamples.TimeOrChance.class) {
        @Override
        boolean is(JavaClass owner, String name, int parameters) {
            String type = owner.getFullName();
            boolean isClock = type.equals("java.time.Clock") || type.equals("java.time.InstantSource");
            return (type.equals("java.lang.System")
                            && Set.of("nanoTime", "currentTimeMillis").contains(name))
                    || (type.startsWith("java.time.") && name.equals("now"))
                    || (isClock && (name.startsWith("system") || name.startsWith("tick")))
                    || (type.equals("java.util.UUID") && name.equals("randomUUID"))
                    || (type.equals("java.lang.Math") && name.equals("random"))
                    || (owner.isAssignableTo(Random.class)
                            && Set.of(MADE, "current", "getInstance", "getInstanceStrong")
                                    .contains(name))
                    || (type.equals("java.util.SplittableRandom") && name.equals(MADE) && parameters == 0)
                    || (type.startsWith("java.util.random.")
                            && Set.of("of", "getDefault").contains(name))
                    || (type.equals("java.util.Collections") && name.equals("shuffle") && parameters == 1);
        }
    },
    /** Sleep, which nobody may. */
    SLEEP(MachineCallSamples.Sleep.class) {
        @Override
        boolean is(JavaClass owner, String name, int parameters) {
            return name.equals("sleep")
                    && (owner.isAssignableTo(Thread.class)
                            || owner.getFullName().equals("java.util.concurrent.TimeUnit"));
        }
    },
    /** Waiting for a time, which an adapter may. */
    WAIT(MachineCallSamples.Wait.class) {
        @Override
        boolean is(JavaClass owner, String name, int parameters) {
            return (owner.getFullName().equals("java.util.concurrent.locks.LockSupport") && name.startsWith("park"))
                    || (owner.isEquivalentTo(Object.class) && name.equals("wait") && parameters > 0)
                    || (owner.isAssignableTo(Thread.class) && name.equals("onSpinWait"));
        }
    },
    /** Threads, and pools of them. */
    THREAD(MachineCallSamples.Threads.class) {
        @Override
        boolean is(JavaClass owner, String name, int parameters) {
            String type = owner.getFullName();
            return (owner.isAssignableTo(Thread.class)
                            && Set.of(MADE, "ofVirtual", "ofPlatform", "startVirtualThread")
                                    .contains(name))
                    || (type.startsWith("java.util.concurrent.")
                            && owner.isAssignableTo(ExecutorService.class)
                            && Set.of(MADE, "commonPool").contains(name))
                    || type.equals("java.util.concurrent.Executors")
                    || type.equals("java.util.Timer");
        }
    };

    private static final String MADE = "<init>";

    private final Class<?> sample;

    MachineCalls(Class<?> sample) {
        this.sample = sample;
    }

    /** Whether a method, or a constructor under the name that the JVM gives it, is one of these. */
    abstract boolean is(JavaClass owner, String name, int parameters);

    /** A class each of whose methods does it in another way. */
    Class<?> sample() {
        return sample;
    }

    /** For rules: holds for a class that does it. */
    static ArchCondition<JavaClass> use(MachineCalls calls) {
        return new ArchCondition<>("use " + calls) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                for (JavaCodeUnitAccess<?> access : item.getCodeUnitAccessesFromSelf()) {
                    if (calls.is(
                            access.getTargetOwner(),
                            access.getTarget().getName(),
                            access.getTarget().getRawParameterTypes().size())) {
                        events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
                    }
                }
            }
        };
    }
}
