package dev.as2.core;

import java.io.IOException;

/** Where user names and passwords are found by AWS's BasicAuthSecretId. */
@FunctionalInterface
public interface Secrets {
  /** Knows no secret at all. */
  Secrets NONE =
      id -> {
        throw new As2Exception(
            FailureCode.CREDENTIALS_RETRIEVAL_FAILED,
            "BasicAuthSecretId is " + id + ", and no place for secrets is configured.");
      };

  /**
   * @throws As2Exception {@code CREDENTIALS_RETRIEVAL_FAILED} where there is no such secret, {@code
   *     INVALID_REQUEST} where it is not of the form {@code {"Username": ..., "Password": ...}}
   */
  BasicCredentials credentials(String secretId) throws IOException;
}
