package dev.as2.interop;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands {@link RunningPeers} to tests as a parameter: the same ones to all classes of a JVM, so
 * that each peer starts once at most, where a test first asks for it, and ends with the run.
 */
public final class Peers implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(Peers.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == RunningPeers.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    // The root's store would not do: Surefire runs each class on its own. JUnit closes what the
    // session's store holds once the last class has ended.
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .computeIfAbsent(RunningPeers.class, key -> new RunningPeers(), RunningPeers.class);
  }
}
