package dev.as2.daemon;

import dev.as2.core.As2Exception;
import dev.as2.daemon.aws.Sentences;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence on the error stream why a command did not run, and gives the exit code. */
final class Faults implements IParameterExceptionHandler, IExecutionExceptionHandler {
  /** A transfer or a verification failed. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  @Override
  public int handleParseException(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("as2: " + Sentences.ended(Sentences.message(fault)));
    UnmatchedArgumentException.printSuggestions(fault, err);
    String name = command.getCommandSpec().qualifiedName();
    err.println("Try '" + name + " --help'.");
    return USAGE;
  }

  @Override
  public int handleExecutionException(Exception fault, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println("as2: " + sentence(fault));
    if (verbose(command)) {
      fault.printStackTrace(err);
    }
    return isUsers(fault) ? USAGE : FAILED;
  }

  private static boolean verbose(CommandLine command) {
    return command.getCommandSpec().root().userObject() instanceof As2Command as2 && as2.verbose();
  }

  private static boolean isUsers(Exception fault) {
    return fault instanceof IOException || fault instanceof IllegalArgumentException;
  }

  private static String sentence(Exception fault) {
    if (fault instanceof As2Exception) {
      return Sentences.ended(Sentences.message(fault));
    } else if (fault instanceof IOException io) {
      return Sentences.of(io);
    } else if (fault instanceof IllegalArgumentException) {
      return Sentences.ended(Sentences.message(fault));
    }
    return "internal error: " + fault + "; please report it with what --verbose shows.";
  }
}
