package dev.as2.daemon.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.Agreement;
import dev.as2.core.As2Exception;
import dev.as2.core.As2Id;
import dev.as2.core.CertificateEntry;
import dev.as2.core.CertificateId;
import dev.as2.core.Connector;
import dev.as2.core.ConnectorId;
import dev.as2.core.FailureCode;
import dev.as2.core.Profile;
import dev.as2.core.ProfileId;
import dev.as2.core.Registry;
import dev.as2.daemon.aws.AgreementJson;
import dev.as2.daemon.aws.CertificateJson;
import dev.as2.daemon.aws.ConnectorJson;
import dev.as2.daemon.aws.Json;
import dev.as2.daemon.aws.Members;
import dev.as2.daemon.aws.PrivateKeys;
import dev.as2.daemon.aws.ProfileJson;
import dev.as2.daemon.aws.Sentences;
import dev.as2.daemon.state.ResourceRows.Key;
import dev.as2.daemon.state.Resources.Kind;
import dev.as2.daemon.state.Resources.Resource;
import dev.as2.daemon.state.SqlResources.Loaded;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connectors, profiles, certificates and agreements as the engine uses them, read from {@link
 * Resources}, and held in memory as long as nobody changes them.
 *
 * <p>What this process changes is seen at once. What another daemon changes is seen by the first
 * look-up after {@link #refresh}, and after {@link #FRESH} without it. Safe for use by several
 * threads; a look-up may ask the database.
 */
public final class ResourceRegistry implements Registry {
  /** How long it is not asked again whether another daemon changed something. */
  public static final Duration FRESH = Duration.ofMillis(100);

  private final SqlResources resources;
  private final ParsedResources parsed;
  private volatile @Nullable AgreementIndex index;

  public ResourceRegistry(SqlResources resources) {
    this(resources, System::nanoTime);
  }

  ResourceRegistry(SqlResources resources, LongSupplier nanos) {
    this.resources = resources;
    this.parsed = new ParsedResources(resources, nanos);
  }

  /**
   * Makes all look-ups that begin after this see what was durable before it, whoever wrote it: for
   * who takes over work that another daemon accepted. One query.
   */
  public void refresh() throws IOException {
    parsed.refresh();
  }

  @Override
  public Connector connector(ConnectorId id) throws As2Exception {
    return look(Kind.CONNECTOR, id.value(), Connector.class);
  }

  @Override
  public Profile profile(ProfileId id) throws As2Exception {
    return look(Kind.PROFILE, id.value(), Profile.class);
  }

  @Override
  public CertificateEntry certificate(CertificateId id) throws As2Exception {
    return look(Kind.CERTIFICATE, id.value(), CertificateEntry.class);
  }

  @Override
  public Optional<Agreement> agreement(As2Id from, As2Id to) throws As2Exception {
    Optional<String> id = index().agreement(from, to);
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(look(Kind.AGREEMENT, id.get(), Agreement.class));
  }

  @Override
  public Set<String> hosts(ProfileId partner) throws As2Exception {
    return index().hosts(partner);
  }

  private AgreementIndex index() throws As2Exception {
    try {
      long version = parsed.version();
      AgreementIndex current = index;
      if (current == null || !current.holdsAt(version)) {
        current = new AgreementIndex(resources.partners());
        index = current; // of two that are made at once either is as good
      }
      return current;
    } catch (IOException e) {
      throw new As2Exception(
          FailureCode.STORE_UNAVAILABLE,
          "The agreements cannot be looked up: " + Sentences.of(e),
          e);
    }
  }

  private <T> T look(Kind kind, String id, Class<T> type) throws As2Exception {
    try {
      return type.cast(parsed.look(new Key(kind, id), this::parse));
    } catch (As2Exception e) {
      throw e;
    } catch (IOException e) {
      throw new As2Exception(
          FailureCode.STORE_UNAVAILABLE,
          "The %s %s cannot be looked up: %s".formatted(word(kind), id, Sentences.of(e)),
          e);
    }
  }

  private Object parse(Key key, Loaded loaded) throws As2Exception {
    Resource resource =
        loaded
            .resource()
            .orElseThrow(() ->
                new As2Exception(
                    key.kind() == Kind.AGREEMENT
                        ? FailureCode.AGREEMENT_NOT_FOUND
                        : FailureCode.CONNECTOR_NOT_FOUND,
                    "There is no " + word(key.kind()) + " " + key.id() + "."));
    Members members = Members.of(word(key.kind()) + " " + key.id(), described(resource));
    return switch (key.kind()) {
      case CONNECTOR -> ConnectorJson.read(members);
      case PROFILE -> ProfileJson.read(members);
      case CERTIFICATE -> withKey(CertificateJson.read(members), loaded.privateKey());
      case AGREEMENT -> AgreementJson.read(members);
    };
  }

  /** As AWS's Describe operation shows it. */
  private static ObjectNode described(Resource resource) {
    String name = resource.kind().name();
    ObjectNode whole = Json.object();
    ObjectNode members = resource.members().deepCopy();
    whole.set(name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT), members);
    ArrayNode tags = members.putArray("Tags");
    new TreeMap<>(resource.tags())
        .forEach((key, value) -> tags.addObject().put("Key", key).put("Value", value));
    return whole;
  }

  private static CertificateEntry withKey(CertificateEntry entry, Optional<byte[]> pkcs8)
      throws As2Exception {
    if (pkcs8.isEmpty()) {
      return entry;
    }
    try {
      return new CertificateEntry(
          entry.id(),
          entry.usage(),
          entry.certificate(),
          entry.chain(),
          Optional.of(PrivateKeys.read(pkcs8.get(), Optional::empty)),
          entry.activeDate(),
          entry.inactiveDate());
    } catch (IllegalArgumentException e) {
      throw new As2Exception(
          FailureCode.INVALID_CONFIGURATION,
          "The private key of certificate %s cannot be used: %s"
              .formatted(entry.id(), Sentences.ended(Sentences.message(e))),
          e);
    }
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
