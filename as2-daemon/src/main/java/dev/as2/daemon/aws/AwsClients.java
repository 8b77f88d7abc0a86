package dev.as2.daemon.aws;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where AWS's services are.
 *
 * @param endpoint by default AWS's own of the region
 * @param region by default the one that AWS's own tools find: environment, profile, instance
 */
public record AwsClients(Optional<URI> endpoint, Optional<String> region) {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  /**
   * A client of KMS, which the caller closes; nothing is connected to yet.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION} where there is no region
   */
  public KmsClient kms() throws As2Exception {
    return made(() -> configured(KmsClient.builder()).httpClientBuilder(http()).build());
  }

  /**
   * A client of Secrets Manager, which the caller closes; nothing is connected to yet.
   *
   * @throws As2Exception {@code INVALID_CONFIGURATION} where there is no region
   */
  public SecretsManagerClient secretsManager() throws As2Exception {
    return made(() -> configured(SecretsManagerClient.builder()).httpClientBuilder(http()).build());
  }

  private static <T> T made(Supplier<T> making) throws As2Exception {
    try {
      return making.get();
    } catch (SdkClientException e) {
      // Its own message tells of each place that was looked at, over many lines.
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION, "AWS has no region; set AWS_REGION.", e);
    }
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
    endpoint.ifPresent(builder::endpointOverride);
    region.ifPresent(name -> builder.region(Region.of(name)));
    return builder.overrideConfiguration(options -> options.retryStrategy(RetryMode.STANDARD));
  }

  private static UrlConnectionHttpClient.Builder http() {
    return UrlConnectionHttpClient.builder()
        .connectionTimeout(CONNECT_TIMEOUT)
        .socketTimeout(READ_TIMEOUT);
  }
}
