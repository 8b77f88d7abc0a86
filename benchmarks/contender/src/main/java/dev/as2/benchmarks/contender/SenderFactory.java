package dev.as2.benchmarks.contender;

/**
 * Makes the sender of a process, once, before its first command.
 *
 * @param <S> the kind of sender
 */
@FunctionalInterface
public interface SenderFactory<S> {

  /**
   * Opens what all messages share: keys, certificates, connections.
   *
   * @throws Exception if the setup asks for what this sender cannot do; every command is then
   *     answered with its message
   */
  S open(Setup setup) throws Exception;
}
