package dev.as2.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.as2.core.ConnectorId;
import dev.as2.core.ProfileId;

/** A connector's description as it is written when everything is at its default. */
record ConnectorDescription(String url, ProfileId local, ProfileId partner) {
  ObjectNode tree(ConnectorId id) {
    ObjectNode description = Json.object();
    ObjectNode connector = description.putObject("Connector");
    connector.put("ConnectorId", id.value());
    connector.put("Url", url);
    ObjectNode as2 = connector.putObject("As2Config");
    as2.put("LocalProfileId", local.value());
    as2.put("PartnerProfileId", partner.value());
    as2.put("Compression", "ZLIB");
    as2.put("EncryptionAlgorithm", "AES256_CBC");
    as2.put("SigningAlgorithm", "SHA256");
    as2.put("MdnSigningAlgorithm", "DEFAULT");
    as2.put("MdnResponse", "SYNC");
    as2.put("PreserveContentType", "DISABLED");
    return description;
  }
}
