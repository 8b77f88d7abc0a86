package dev.as2.daemon.api;

import dev.as2.core.As2Handler.Request;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.signer.Aws4Signer;
import software.amazon.awssdk.auth.signer.params.Aws4SignerParams;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.regions.Region;

/**
 * What the Authorization header of a request should be, by the AWS SDK's own signer: the request is
 * signed again, with the key, time, scope and headers that it claims.
 *
 * <p>The signer is the SDK's older one, deprecated there: the newer one always signs a header with
 * the body's digest, and botocore, the AWS CLI's library, sends none for this service.
 */
@SuppressWarnings("deprecation")
final class SignedRequest {
  private static final Aws4Signer SIGNER = Aws4Signer.create();

  private SignedRequest() {}

  /**
   * @param request to the path {@code /}, without a query
   * @param body the request's body
   * @param at when it was signed
   */
  static String authorization(
      Request request, byte[] body, Authorization claimed, Instant at, String secret) {
    SdkHttpFullRequest.Builder again =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.fromValue(request.method()))
            .encodedPath("/")
            .contentStreamProvider(() -> new ByteArrayInputStream(body));
    host(again, request.headers().first("Host").orElse(""));
    for (String name : claimed.signedHeaders()) {
      request.headers().joined(name).ifPresent(value -> again.putHeader(name, value));
    }
    Aws4SignerParams params =
        Aws4SignerParams.builder()
            .awsCredentials(AwsBasicCredentials.create(claimed.accessKeyId(), secret))
            .signingName(claimed.service())
            .signingRegion(Region.of(claimed.region()))
            .signingClockOverride(Clock.fixed(at, ZoneOffset.UTC))
            .build();
    return SIGNER.sign(again.build(), params).firstMatchingHeader("Authorization").orElseThrow();
  }

  /** The signer makes the Host header anew, of host and port: they have to give the same again. */
  private static void host(SdkHttpFullRequest.Builder again, String header) {
    URI uri = URI.create("http://" + header);
    // The port of the other scheme is one that the signer writes.
    again.protocol(uri.getPort() == 80 ? "https" : "http").host(uri.getHost());
    again.port(uri.getPort() < 0 ? 80 : uri.getPort());
  }
}
