package dev.as2.daemon.stores;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.daemon.aws.AwsText;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.aws.Sentences;
import dev.as2.daemon.stores.Stores.Place;
import dev.as2.s3.S3FileStore;
import dev.as2.s3.S3FileStoreBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code stores.json}: which bucket is which folder or S3 server. */
public final class StoresJson {
  private static final String NAME = "stores.json";

  /** What AWS's log calls the sessions in which roles are assumed. */
  private static final String SESSION = "as2";

  private final Optional<String> accessRole;

  private StoresJson(Optional<String> accessRole) {
    this.accessRole = accessRole;
  }

  /**
   * The stores of a configuration folder, for one connector. Without the file everything is AWS's
   * S3.
   *
   * @param accessRole the connector's role, which S3 stores with {@code AssumeRole} assume
   */
  public static Stores read(Path root, Optional<String> accessRole) throws IOException {
    Path file = root.resolve(NAME);
    if (!Files.exists(file)) {
      return aws(accessRole);
    }
    Members members = Members.of(NAME, Json.read(file, NAME));
    Members buckets = members.required("Buckets", members.object("Buckets"));
    members.end();
    return of(buckets, root, accessRole);
  }

  /** All buckets are AWS's S3, found by AWS's default chain. */
  public static Stores aws(Optional<String> accessRole) {
    LazyStore store = new LazyStore(new StoresJson(accessRole)::awsS3);
    return new Stores(Map.of(Stores.ANY, new Place(store, Stores.ANY)));
  }

  /**
   * The stores of a configuration.
   *
   * @param buckets by their names what each of them is
   * @param root where relative folders begin
   * @param accessRole which S3 stores with {@code AssumeRole} assume
   */
  public static Stores of(Members buckets, Path root, Optional<String> accessRole)
      throws As2Exception {
    StoresJson reader = new StoresJson(accessRole);
    Map<String, Place> places = new HashMap<>();
    for (String bucket : buckets.names()) {
      Members store = buckets.required(bucket, buckets.object(bucket));
      places.put(bucket, reader.place(root, bucket, store));
      store.end();
    }
    buckets.end();
    return new Stores(places);
  }

  private Place place(Path root, String bucket, Members store) throws As2Exception {
    if (store.required("Type", store.choice("Type", Type.class)) == Type.LOCAL) {
      return local(root, bucket, store);
    }
    S3 s3 =
        new S3(
            store.text("Endpoint", AwsText.URL),
            store.text("Region", AwsText.ANY),
            store.flag("PathStyle"),
            store.flag("AssumeRole"));
    String name = store.text("Bucket", AwsText.ANY).orElse(bucket);
    return new Place(new LazyStore(() -> build(s3)), name);
  }

  private static Place local(Path root, String bucket, Members store) throws As2Exception {
    String text = store.required("Root", store.text("Root", AwsText.ANY));
    Path folder = root.toAbsolutePath().resolve(text).normalize();
    FileStore files =
        bucket.equals(Stores.ANY)
            ? LocalFileStore.below(folder)
            : LocalFileStore.of(Map.of(bucket, folder));
    return new Place(files, bucket);
  }

  private enum Type {
    LOCAL,
    S3
  }

  /** A server that speaks S3. */
  private record S3(
      Optional<String> endpoint, Optional<String> region, boolean pathStyle, boolean assumeRole) {}

  private FileStore awsS3() throws As2Exception {
    return build(new S3(Optional.empty(), Optional.empty(), false, false));
  }

  private FileStore build(S3 s3) throws As2Exception {
    S3FileStoreBuilder builder = S3FileStore.builder();
    s3.region().ifPresent(region -> builder.region(region));
    if (s3.pathStyle()) {
      builder.pathStyle();
    }
    if (s3.assumeRole() && accessRole.isPresent()) {
      builder.accessRole(accessRole.get(), SESSION);
    }
    try {
      s3.endpoint().ifPresent(endpoint -> builder.endpoint(URI.create(endpoint)));
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw unusable(Sentences.ended(Sentences.message(e)), e);
    }
  }

  private static As2Exception unusable(String why, RuntimeException cause) {
    return new As2Exception(
        FailureCode.INVALID_CONFIGURATION, "The S3 store cannot be used: " + why, cause);
  }
}
