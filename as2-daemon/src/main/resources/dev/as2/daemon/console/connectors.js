// Connectors, by name.

import { copyable, el, facts } from "./dom.js";
import { withQuery } from "./http.js";
import { connectorName } from "./picker.js";
import { showList } from "./list.js";
import { visible } from "./text.js";

export function showConnectors(place, parameters, signal) {
  return showList(place, parameters, signal, {
    path: "connectors",
    title: "Connectors",
    search: "Name, partner, URL or id",
    none: "No connectors yet; aws transfer create-connector makes one.",
    item: connector,
  });
}

const NAMES = {
  MessageSubject: "Subject",
  Compression: "Compression",
  EncryptionAlgorithm: "Encryption",
  SigningAlgorithm: "Signature",
  MdnResponse: "MDN",
  MdnSigningAlgorithm: "MDN's signature",
  PreserveContentType: "Keep content type",
  BasicAuthSecretId: "Secret",
};

function connector(each) {
  const as2 = each.members.As2Config ?? {};
  const options = Object.entries(each.tags);
  return el("article", { class: "card", "aria-label": connectorName(each) },
    el("div", { class: "heading" },
      el("h2", {}, el("bdi", {}, connectorName(each))),
      el("p", { class: "links" },
        el("a", { href: withQuery("#/transfers", { connector: each.id }) }, "Transfers"), " ",
        el("a", { href: withQuery("#/send", { connector: each.id }) }, "Send"))),
    el("p", { class: "flow" }, el("bdi", {}, visible(each.local || "profile is missing")), " → ",
      el("bdi", {}, visible(each.partner || "profile is missing")), " ",
      el("bdi", { class: "dim" }, visible(each.members.Url ?? ""))),
    el("details", {}, el("summary", {}, "Settings"),
      facts([
        ["Id", copyable(each.id)],
        ["Our profile", visible(as2.LocalProfileId)],
        ["Partner's profile", visible(as2.PartnerProfileId)],
        ...Object.entries(NAMES).map(([member, name]) => [name, visible(as2[member])]),
        ["Access role", visible(each.members.AccessRole)],
        ...options.map(([key, value]) => [visible(key), visible(value)]),
      ])));
}
