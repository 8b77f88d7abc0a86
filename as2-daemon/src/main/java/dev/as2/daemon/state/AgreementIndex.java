package dev.as2.daemon.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.as2.core.As2Id;
import dev.as2.core.ProfileId;
import dev.as2.daemon.state.Resources.Resource;
import dev.as2.daemon.state.SqlResources.Partners;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which agreement two AS2 names stand for, and which hosts are a partner's, at one version of the
 * registry. A resource that cannot be read in full is found all the same: whoever uses it says what
 * is wrong.
 */
final class AgreementIndex {
  private final long version;
  private final Map<Names, Found> agreements = new HashMap<>();
  private final Map<String, Set<String>> hosts = new HashMap<>();

  /** Who sends and who receives. */
  private record Names(String from, String to) {}

  private record Found(String id, boolean active) {}

  AgreementIndex(Partners partners) {
    this.version = partners.version();
    Map<String, String> names = new HashMap<>();
    partners
        .profiles()
        .forEach(each -> names.put(each.id(), each.members().path("As2Id").asText()));
    agreements(partners.agreements(), names);
    partners.connectors().forEach(this::host);
  }

  private void agreements(List<Resource> all, Map<String, String> names) {
    for (Resource each : all) {
      JsonNode members = each.members();
      String from = names.get(members.path("PartnerProfileId").asText());
      String to = names.get(members.path("LocalProfileId").asText());
      if (from != null && to != null) {
        Found found = new Found(each.id(), members.path("Status").asText().equals("ACTIVE"));
        agreements.merge(new Names(from, to), found, (one, other) -> one.active() ? one : other);
      }
    }
  }

  private void host(Resource connector) {
    String partner = connector.members().path("As2Config").path("PartnerProfileId").asText();
    try {
      String host = new URI(connector.members().path("Url").asText()).getHost();
      if (host != null) {
        hosts.computeIfAbsent(partner, any -> new HashSet<>()).add(host);
      }
    } catch (URISyntaxException e) {
      return; // nothing can be sent there either
    }
  }

  /** Whether nothing was changed since, as far as a version tells. */
  boolean holdsAt(long known) {
    return version >= known;
  }

  /** The agreement's id; of several an active one. */
  Optional<String> agreement(As2Id from, As2Id to) {
    return Optional.ofNullable(agreements.get(new Names(from.value(), to.value()))).map(Found::id);
  }

  Set<String> hosts(ProfileId partner) {
    return Set.copyOf(hosts.getOrDefault(partner.value(), Set.of()));
  }
}
