package io.eventpipeline.systemtests.load;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Gives a test its {@link Seed}: another one in each run, or that of the system property {@code
 * system-tests.seed}. A failed test says with which seed it failed.
 */
public final class SeedExtension implements ParameterResolver, TestExecutionExceptionHandler {

    private static final String PROPERTY = "system-tests.seed";
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(SeedExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Seed.class;
    }

    @Override
    public Seed resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Seed seed = new Seed(Long.getLong(PROPERTY, System.currentTimeMillis()));
        context.getStore(NAMESPACE).put(Seed.class, seed);
        return seed;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        Seed seed = context.getStore(NAMESPACE).get(Seed.class, Seed.class);
        if (seed != null) {
            failure.addSuppressed(
                    new IllegalStateException(
                            "to repeat this run: -D%s=%d".formatted(PROPERTY, seed.value())));
        }
        throw failure;
    }
}
