package dev.as2.daemon.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.as2.daemon.aws.Json;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourcesTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] KEY = "a private key".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;

  /** What a test does with resources that are empty at first. */
  private interface Use {
    void with(Resources resources) throws Exception;
  }

  private void on(Databases kind, Use use) throws Exception {
    try (Database database = Database.open(kind.url(folder))) {
      use.with(resources(database));
    }
  }

  private SqlResources resources(Database database) throws IOException {
    MasterKey masterKey = MasterKey.file(folder.resolve("master.key"), RANDOM);
    return new SqlResources(database, Vault.open(database, masterKey, RANDOM), Clock.systemUTC());
  }

  private static Resource profile(String id, int number) {
    return new Resource(
        Kind.PROFILE,
        id,
        Json.object().put("ProfileId", id).put("Number", number),
        Map.of("Team", "EDI", "ü", "ö \"'\n"));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCreatedIsFoundAsItWas(Databases kind) throws Exception {
    on(
        kind,
        resources -> {
          resources.create(profile("p-1", 1), Optional.empty());

          assertThat(resources.find(Kind.PROFILE, "p-1")).contains(profile("p-1", 1));
          assertThat(resources.find(Kind.CONNECTOR, "p-1")).isEmpty();
          assertThat(resources.find(Kind.PROFILE, "p-2")).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void anIdIsGivenOnceEvenAfterItsEnd(Databases kind) throws Exception {
    on(
        kind,
        resources -> {
          resources.create(profile("p-1", 1), Optional.empty());
          assertThatThrownBy(() -> resources.create(profile("p-1", 2), Optional.empty()))
              .isInstanceOf(IllegalStateException.class);
          resources.delete(Kind.PROFILE, "p-1");
          assertThatThrownBy(() -> resources.create(profile("p-1", 2), Optional.empty()))
              .isInstanceOf(IllegalStateException.class);
        });
  }

  @ParameterizedTest
  @EnumSource
  void noUpdateOfManyAtOnceIsLost(Databases kind) throws Exception {
    on(
        kind,
        resources -> {
          resources.create(profile("p-1", 0), Optional.empty());
          ExecutorService threads = Executors.newFixedThreadPool(16);
          List<Future<?>> all = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            all.add(
                threads.submit(() ->
                    resources.update(
                        Kind.PROFILE,
                        "p-1",
                        before -> profile("p-1", before.members().get("Number").intValue() + 1))));
          }
          for (Future<?> each : all) {
            each.get(60, TimeUnit.SECONDS);
          }
          threads.shutdown();

          assertThat(resources.find(Kind.PROFILE, "p-1")).contains(profile("p-1", 100));
        });
  }

  @ParameterizedTest
  @EnumSource
  void aRefusedUpdateThrowsWhatItsCallerThrewAndChangesNothing(Databases kind) throws Exception {
    on(
        kind,
        resources -> {
          resources.create(profile("p-1", 1), Optional.empty());

          assertThatThrownBy(() ->
                  resources.update(
                      Kind.PROFILE,
                      "p-1",
                      before -> {
                        throw new ClassNotFoundException("no such certificate");
                      }))
              .isInstanceOf(ClassNotFoundException.class)
              .hasMessage("no such certificate");
          assertThat(resources.find(Kind.PROFILE, "p-1")).contains(profile("p-1", 1));
          assertThat(resources.update(Kind.PROFILE, "p-2", before -> before)).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource
  void listsInTheOrderOfCreationAndGoesOnAfterOneThatWasDeleted(Databases kind) throws Exception {
    on(
        kind,
        resources -> {
          for (String id : List.of("p-9", "p-3", "p-7", "p-5")) {
            resources.create(profile(id, 1), Optional.empty());
          }

          assertThat(ids(resources.list(Kind.PROFILE, Optional.empty(), 2)))
              .containsExactly("p-9", "p-3");
          assertThat(resources.delete(Kind.PROFILE, "p-3")).isTrue();
          assertThat(resources.delete(Kind.PROFILE, "p-3")).isFalse();
          assertThat(ids(resources.list(Kind.PROFILE, Optional.of("p-3"), 9)))
              .containsExactly("p-7", "p-5");
          assertThat(ids(resources.list(Kind.PROFILE, Optional.empty(), 9)))
              .containsExactly("p-9", "p-7", "p-5");
          assertThat(resources.count(Kind.PROFILE)).isEqualTo(3);
          assertThat(resources.count(Kind.CERTIFICATE)).isZero();
          assertThatThrownBy(() -> resources.list(Kind.PROFILE, Optional.of("p-8"), 9))
              .isInstanceOf(IllegalArgumentException.class);
        });
  }

  private static List<String> ids(List<Resource> resources) {
    return resources.stream().map(Resource::id).toList();
  }

  private static Resource certificate(String id) {
    return new Resource(Kind.CERTIFICATE, id, Json.object(), Map.of());
  }

  @ParameterizedTest
  @EnumSource
  void aPrivateKeyComesAndGoesWithItsCertificate(Databases kind) throws Exception {
    on(
        kind,
        resources -> {
          resources.create(certificate("cert-1"), Optional.of(KEY));
          resources.create(certificate("cert-2"), Optional.empty());

          assertThat(resources.privateKey("cert-1")).hasValue(KEY);
          assertThat(resources.privateKey("cert-2")).isEmpty();
          assertThat(resources.withPrivateKey(Set.of("cert-1", "cert-2", "cert-3")))
              .containsExactly("cert-1");
          resources.delete(Kind.CERTIFICATE, "cert-1");
          assertThat(resources.privateKey("cert-1")).isEmpty();
        });
  }

  @Test
  void noFileHoldsAPrivateKeyInTheClear() throws Exception {
    try (Database database = Database.open("jdbc:sqlite:" + folder.resolve("state.db"))) {
      resources(database).create(certificate("cert-1"), Optional.of(KEY));
      for (String suffix : List.of("", "-wal")) {
        Path file = folder.resolve("state.db" + suffix);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .doesNotContain("a private key");
      }
    }
  }
}
