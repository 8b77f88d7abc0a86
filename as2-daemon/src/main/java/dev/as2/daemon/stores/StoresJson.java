package dev.as2.daemon.stores;

import dev.as2.core.As2Exception;
import dev.as2.core.FailureCode;
import dev.as2.core.FileStore;
import dev.as2.core.LocalFileStore;
import dev.as2.daemon.aws.AwsText;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.aws.Sentences;
import dev.as2.daemon.stores.RoleStores.Bucket;
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

  private StoresJson() {}

  /** The stores of a configuration folder. Without the file everything is AWS's S3. */
  public static RoleStores read(Path root) throws IOException {
    Path file = root.resolve(NAME);
    if (!Files.exists(file)) {
      return aws();
    }
    Members members = Members.of(NAME, Json.read(file, NAME));
    Members buckets = members.required("Buckets", members.object("Buckets"));
    members.end();
    return of(buckets, root);
  }

  /** All buckets are AWS's S3, found by AWS's default chain. */
  public static RoleStores aws() {
    S3 s3 = new S3(Optional.empty(), Optional.empty(), Optional.empty(), false, false);
    return new RoleStores(Map.of(Stores.ANY, bucket(s3, Stores.ANY)));
  }

  /**
   * The stores of a configuration.
   *
   * @param buckets by their names what each of them is
   * @param root where relative folders begin
   */
  public static RoleStores of(Members buckets, Path root) throws As2Exception {
    Map<String, Bucket> all = new HashMap<>();
    for (String bucket : buckets.names()) {
      Members store = buckets.required(bucket, buckets.object(bucket));
      all.put(bucket, bucket(root, bucket, store));
      store.end();
    }
    buckets.end();
    return new RoleStores(all);
  }

  private static Bucket bucket(Path root, String bucket, Members store) throws As2Exception {
    if (store.required("Type", store.choice("Type", Type.class)) == Type.LOCAL) {
      Place place = local(root, bucket, store);
      return role -> place;
    }
    S3 s3 =
        new S3(
            store.text("Endpoint", AwsText.URL),
            store.text("Region", AwsText.ANY),
            store.text("StsEndpoint", AwsText.URL),
            store.flag("PathStyle"),
            store.flag("AssumeRole"));
    return bucket(s3, store.text("Bucket", AwsText.ANY).orElse(bucket));
  }

  /** What a server's stores hold for reading ahead they share, whatever their role. */
  private static Bucket bucket(S3 s3, String name) {
    LazyStore<S3FileStore> own = new LazyStore<>(() -> build(s3.builder()));
    Place place = new Place(own, name);
    if (!s3.assumeRole()) {
      return role -> place;
    }
    return role ->
        role.map(arn -> new Place(new LazyStore<>(() -> assuming(s3, arn, own)), name))
            .orElse(place);
  }

  private static S3FileStore assuming(S3 s3, String arn, LazyStore<S3FileStore> own)
      throws IOException {
    return build(s3.builder().accessRole(arn, SESSION).readAheadOf(own.store()));
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

  /** A server that speaks S3, and the one that its roles are assumed at. */
  private record S3(
      Optional<String> endpoint,
      Optional<String> region,
      Optional<String> stsEndpoint,
      boolean pathStyle,
      boolean assumeRole) {
    S3FileStoreBuilder builder() {
      S3FileStoreBuilder builder = S3FileStore.builder();
      region.ifPresent(builder::region);
      endpoint.map(URI::create).ifPresent(builder::endpoint);
      stsEndpoint.map(URI::create).ifPresent(builder::stsEndpoint);
      return pathStyle ? builder.pathStyle() : builder;
    }
  }

  private static S3FileStore build(S3FileStoreBuilder builder) throws As2Exception {
    try {
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
