package dev.as2.conformance;

/** Hears how a run goes on; called by the thread that runs it. */
public interface RunListener {
  /** Hears nothing. */
  RunListener NONE = new RunListener() {};

  /** A scenario begins. */
  default void begun(Scenario scenario, int number, int of) {}

  /** A scenario has ended. */
  default void ended(Result result) {}
}
