package dev.as2.s3;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials that a store signs with: given ones or the default chain's, or those of a role
 * that these assume. Closes what it made. Safe for use by several threads.
 */
final class S3Credentials implements AwsCredentialsProvider, SdkAutoCloseable {
  private final Deque<SdkAutoCloseable> made = new ArrayDeque<>();
  private final AwsCredentialsProvider source;

  private S3Credentials(Optional<AwsCredentialsProvider> given) {
    this.source = given.orElseGet(() -> mine(DefaultCredentialsProvider.builder().build()));
  }

  private S3Credentials(S3Credentials base, Role role, StsClientBuilder sts) {
    made.push(base);
    role.endpoint().ifPresent(sts::endpointOverride);
    StsClient client = mine(sts.credentialsProvider(base).build());
    this.source =
        mine(
            StsAssumeRoleCredentialsProvider.builder()
                .stsClient(client)
                .refreshRequest(
                    request -> request.roleArn(role.arn()).roleSessionName(role.sessionName()))
                .build());
  }

  /** A role to assume; the endpoint is STS's own where it is empty. */
  record Role(String arn, String sessionName, Optional<URI> endpoint) {}

  /** Those given, otherwise the default chain's. */
  static S3Credentials of(Optional<AwsCredentialsProvider> given) {
    return new S3Credentials(given);
  }

  /** Those of {@code role}, renewed before they expire. */
  S3Credentials assume(Role role, StsClientBuilder sts) {
    return new S3Credentials(this, role, sts);
  }

  private <T extends SdkAutoCloseable> T mine(T closeable) {
    made.push(closeable);
    return closeable;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return source.resolveCredentials();
    } catch (CredentialsMissing e) {
      throw e;
    } catch (SdkClientException e) {
      throw new CredentialsMissing(e);
    }
  }

  @Override
  public void close() {
    made.forEach(SdkAutoCloseable::close);
  }
}
