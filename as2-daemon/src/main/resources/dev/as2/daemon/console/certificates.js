// Certificates: those that end first come first.

import { copyable, el, facts } from "./dom.js";
import { showList } from "./list.js";
import { day, plural, validity, visible } from "./text.js";

export function showCertificates(place, parameters, signal) {
  return showList(place, parameters, signal, {
    path: "certificates",
    title: "Certificates",
    search: "Profile, usage or id",
    none: "No certificates yet; aws transfer import-certificate brings one.",
    item: certificate,
    above: (value) => value.urgent === 0 ? null
      : el("p", { class: "callout warn" }, value.urgent === 1
        ? "One certificate has ended or ends within 30 days."
        : `${plural(value.urgent, "certificate")} have ended or end within 30 days.`),
  });
}

const USAGE = { SIGNING: "Signing", ENCRYPTION: "Encryption", TLS: "TLS" };

function certificate(each) {
  const name = visible(each.description || commonName(each.subject) || each.id);
  const users = each.profiles?.map((profile) => visible(profile.as2Id)).join(", ");
  return el("article", { class: "card", "aria-label": name },
    el("div", { class: "heading" },
      el("h2", {}, el("bdi", {}, name)),
      validity(each)),
    el("p", {}, USAGE[each.usage] ?? visible(each.usage), users ? " for " : ", in no profile",
      users ? el("bdi", {}, users) : null, ", until ", day(each.ends)),
    el("details", {}, el("summary", {}, "Details"),
      facts([
        ["Id", copyable(each.id)],
        ["Used from", day(each.begins)],
        ["Used until", day(each.ends)],
        ["Subject", visible(each.subject)],
        ["Issuer", each.issuer === each.subject ? "itself" : visible(each.issuer)],
        ["Valid until", each.notAfter ? day(each.notAfter) : null],
        ["Serial", visible(each.serial)],
        ["Key", each.key ? `${visible(each.key)}${each.withKey ? ", its private key is here" : ""}` : null],
        ["Signature", visible(each.signature)],
        ["SHA-256", each.fingerprint ? copyable(each.fingerprint) : null],
      ])));
}

function commonName(subject) {
  return /(?:^|,)CN=((?:\\.|[^,\\])*)/.exec(subject ?? "")?.[1].replaceAll(/\\(.)/g, "$1");
}
