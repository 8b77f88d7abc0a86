package dev.as2.daemon.api;

import dev.as2.daemon.aws.Sentences;

/** What is wrong with something that a caller asks for, in the words of who found it. */
final class Sentence {
  private Sentence() {}

  static String of(Exception fault) {
    String message = Sentences.message(fault);
    return message.endsWith("?") ? message : Sentences.ended(message);
  }

  /** Without the beginning that says which file or resource it is: the caller knows. */
  static String without(String name, Exception fault) {
    String sentence = of(fault);
    return sentence.startsWith(name + ": ") ? sentence.substring(name.length() + 2) : sentence;
  }
}
