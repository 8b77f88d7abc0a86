package dev.as2.daemon.aws;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the AWS SDK's exceptions say, in a few words and on one line. */
public final class AwsFaults {
  private AwsFaults() {}

  /** Words that follow a colon; no full stop. */
  public static String words(SdkException fault) {
    if (fault instanceof AwsServiceException answer) {
      AwsErrorDetails details = answer.awsErrorDetails();
      String service = details == null ? "AWS" : details.serviceName();
      return "%s answered %s (HTTP %s%s)"
          .formatted(
              service,
              errorCode(answer),
              answer.statusCode(),
              Optional.ofNullable(answer.requestId()).map(id -> ", request id " + id).orElse(""));
    }
    return "the request did not get through: "
        + Sentences.message(fault).replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.$", "");
  }

  /** The service's own code; empty where its answer had none. */
  public static String errorCode(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }
}
