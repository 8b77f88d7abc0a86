package dev.as2.s3;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What the SDK's exceptions mean to a transfer. */
final class S3Faults {
  /** Codes of credentials that are refused with a status other than 401 and 403. */
  private static final Set<String> DENYING_CODES =
      Set.of("ExpiredToken", "ExpiredTokenException", "InvalidToken", "TokenRefreshRequired");

  private S3Faults() {}

  /**
   * Gives a fault its code, and a sentence that names {@code place}.
   *
   * @param verb what was asked for, such as {@code read}
   * @param place {@code /bucket/key}, or a bucket
   */
  static As2Exception of(SdkException fault, String verb, String place) {
    Optional<As2Exception> known = known(fault);
    if (known.isPresent()) {
      return known.get();
    }
    String sentence = "Cannot " + verb + " " + place + ": ";
    if (fault instanceof AwsServiceException answer) {
      return new As2Exception(code(answer), sentence + said(answer), fault);
    }
    if (fault instanceof CredentialsMissing) {
      return new As2Exception(
          FailureCode.ACCESS_DENIED,
          sentence
              + "no AWS credentials were found; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,"
              + " AWS_PROFILE, or a role of this machine",
          fault);
    }
    return new As2Exception(
        FailureCode.STORE_UNAVAILABLE,
        sentence + "the request did not get through: " + oneLine(fault),
        fault);
  }

  static As2Exception changed(String place) {
    return new As2Exception(
        FailureCode.SOURCE_CHANGED, place + " is no longer the file that the transfer began with");
  }

  private static FailureCode code(AwsServiceException answer) {
    return switch (answer.statusCode()) {
      case 401, 403 -> FailureCode.ACCESS_DENIED;
      case 404 ->
          errorCode(answer).equals("NoSuchBucket")
              ? FailureCode.PATH_NOT_FOUND
              : FailureCode.SEND_FILE_NOT_FOUND;
      case 412 -> FailureCode.SOURCE_CHANGED;
      default -> byErrorCode(errorCode(answer));
    };
  }

  private static FailureCode byErrorCode(String errorCode) {
    if (errorCode.equals("InvalidBucketName")) {
      return FailureCode.PATH_NOT_FOUND;
    }
    return DENYING_CODES.contains(errorCode)
        ? FailureCode.ACCESS_DENIED
        : FailureCode.STORE_UNAVAILABLE;
  }

  /** The service's own code; empty where its answer had no body, as one to HEAD has none. */
  static String errorCode(AwsServiceException answer) {
    return Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static String said(AwsServiceException answer) {
    String service =
        Optional.ofNullable(answer.awsErrorDetails())
            .map(AwsErrorDetails::serviceName)
            .orElse("S3");
    String code = errorCode(answer);
    return service
        + " answered "
        + (code.isEmpty() ? "" : code + " ")
        + "(HTTP "
        + answer.statusCode()
        + Optional.ofNullable(answer.requestId()).map(id -> ", request id " + id).orElse("")
        + ")";
  }

  /** The fault of the content that was being written, which says more than the SDK's around it. */
  private static Optional<As2Exception> known(Throwable fault) {
    Throwable cause = fault;
    while (cause != null) {
      if (cause instanceof As2Exception known) {
        return Optional.of(known);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  private static String oneLine(Throwable fault) {
    String message = fault.getMessage();
    return message == null ? "no reason was given" : message.replaceAll("\\s*\\R\\s*", " ");
  }
}
