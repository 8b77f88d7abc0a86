package dev.as2.s3;

import software.amazon.awssdk.core.exception.SdkClientException;

/** No credentials are there to sign a request with: trying again cannot help. */
final class CredentialsMissing extends SdkClientException {
  private static final long serialVersionUID = 1L;

  CredentialsMissing(SdkClientException cause) {
    super(SdkClientException.builder().message(cause.getMessage()).cause(cause));
  }
}
