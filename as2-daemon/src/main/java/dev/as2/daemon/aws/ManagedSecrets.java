package dev.as2.daemon.aws;

import dev.as2.core.As2Exception;
import dev.as2.core.BasicCredentials;
import dev.as2.core.FailureCode;
import dev.as2.core.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/**
 * Secrets of AWS Secrets Manager by name or ARN, each held in memory for {@link #HELD}. Safe for
 * use by several threads, of which one asks for a secret and the others wait for it.
 */
public final class ManagedSecrets implements Secrets, AutoCloseable {
  /** How long a secret is used that may have been changed meanwhile. */
  public static final Duration HELD = Duration.ofMinutes(5);

  private final SecretsManagerClient client;
  private final Clock clock;
  private final Map<String, Held> held;

  /**
   * @param client closed with this
   * @param capacity how many secrets are held at most
   */
  public ManagedSecrets(SecretsManagerClient client, Clock clock, int capacity) {
    this.client = client;
    this.clock = clock;
    this.held = new Recent(capacity);
  }

  private record Held(CompletableFuture<BasicCredentials> credentials, Instant until) {}

  /** Those that were used last. */
  private static final class Recent extends LinkedHashMap<String, Held> {
    private static final long serialVersionUID = 1L;
    private final int capacity;

    Recent(int capacity) {
      super(16, 0.75f, true);
      this.capacity = capacity;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Held> eldest) {
      return size() > capacity;
    }
  }

  @Override
  public BasicCredentials credentials(String secretId) throws IOException {
    Held mine = new Held(new CompletableFuture<>(), clock.instant().plus(HELD));
    Held current = current(secretId, mine);
    if (current == mine) {
      ask(secretId, mine);
    }
    try {
      return current.credentials().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof As2Exception fault) {
        // Each who waited throws one of his own.
        throw new As2Exception(fault.code(), fault.sentence(), fault);
      }
      throw e;
    }
  }

  private Held current(String secretId, Held mine) {
    synchronized (held) {
      @Nullable Held there = held.get(secretId);
      if (there != null && clock.instant().isBefore(there.until())) {
        return there;
      }
      held.put(secretId, mine);
      return mine;
    }
  }

  /** What fails is not held: the next one asks again. */
  private void ask(String secretId, Held mine) {
    try {
      mine.credentials().complete(fetch(secretId));
    } catch (As2Exception | RuntimeException e) {
      synchronized (held) {
        held.remove(secretId, mine);
      }
      mine.credentials().completeExceptionally(e);
    }
  }

  private BasicCredentials fetch(String secretId) throws As2Exception {
    GetSecretValueResponse secret;
    try {
      secret = client.getSecretValue(request -> request.secretId(secretId));
    } catch (SdkException e) {
      throw new As2Exception(
          FailureCode.CREDENTIALS_RETRIEVAL_FAILED,
          "BasicAuthSecretId is %s, and it cannot be read: %s."
              .formatted(secretId, AwsFaults.words(e)),
          e);
    }
    byte[] json =
        secret.secretString() == null
            ? secret.secretBinary().asByteArray()
            : secret.secretString().getBytes(StandardCharsets.UTF_8);
    return SecretJson.read(json, "secret " + secretId);
  }

  @Override
  public void close() {
    client.close();
  }
}
