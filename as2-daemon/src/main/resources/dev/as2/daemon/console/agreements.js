// Agreements: what is received from whom.

import { copyable, el, facts } from "./dom.js";
import { withQuery } from "./http.js";
import { showList } from "./list.js";
import { visible } from "./text.js";

export function showAgreements(place, parameters, signal) {
  return showList(place, parameters, signal, {
    path: "agreements",
    title: "Agreements",
    search: "Description, AS2 name or id",
    none: "No agreements yet; aws transfer create-agreement makes one.",
    item: agreement,
  });
}

const NAMES = {
  AgreementId: "Id",
  ServerId: "Server",
  LocalProfileId: "Our profile",
  PartnerProfileId: "Partner's profile",
  AccessRole: "Access role",
  PreserveFilename: "Keep file names",
  EnforceMessageSigning: "Refuse unsigned messages",
};

function agreement(each) {
  const { members } = each;
  const name = visible(each.name || "profile is missing");
  const active = members.Status === "ACTIVE";
  return el("article", { class: "card", "aria-label": name },
    el("div", { class: "heading" },
      el("h2", {}, el("bdi", {}, name), " ",
        el("span", { class: `badge ${active ? "good" : "calm"}` }, active ? "Active" : "Inactive")),
      el("p", { class: "links" }, el("a", { href: withQuery("#/received", { text: each.partner }) }, "Received"))),
    el("p", { class: "flow" }, el("bdi", {}, visible(each.partner || "profile is missing")), " → ",
      el("bdi", {}, visible(each.local || "profile is missing")), " ",
      el("bdi", { class: "dim" }, visible(members.BaseDirectory ?? members.CustomDirectories?.PayloadFilesDirectory ?? ""))),
    el("details", {}, el("summary", {}, "Settings"),
      facts([
        ...Object.entries(NAMES).map(([member, words]) =>
          [words, member === "AgreementId" ? copyable(each.id) : visible(members[member])]),
        ...Object.entries(members.CustomDirectories ?? {}).map(([key, value]) => [key, visible(value)]),
        ...Object.entries(each.tags).map(([key, value]) => [visible(key), visible(value)]),
      ])));
}
