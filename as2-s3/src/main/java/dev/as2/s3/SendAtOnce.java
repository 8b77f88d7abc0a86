package dev.as2.s3;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Sends a body with its request and does not wait for {@code 100 Continue} first.
 *
 * <p>Results are small, so that asking costs more than a refusal. And where leave is refused the
 * JDK's HTTP client keeps the connection, on which a server that still expects the body takes the
 * next request for it: neither answers the other until a timeout.
 */
final class SendAtOnce implements ExecutionInterceptor {
  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    return context.httpRequest().copy(request -> request.removeHeader("Expect"));
  }
}
