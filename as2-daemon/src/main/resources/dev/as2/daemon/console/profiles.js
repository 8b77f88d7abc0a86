// Profiles: who we are, who they are.

import { copyable, el, facts } from "./dom.js";
import { withQuery } from "./http.js";
import { showList } from "./list.js";
import { day, validity, visible } from "./text.js";

export function showProfiles(place, parameters, signal) {
  return showList(place, parameters, signal, {
    path: "profiles",
    title: "Profiles",
    search: "AS2 name or id",
    none: "No profiles yet; aws transfer create-profile makes one.",
    item: profile,
  });
}

function profile(each) {
  return el("article", { class: "card", "aria-label": visible(each.as2Id) },
    el("h2", {}, el("bdi", {}, visible(each.as2Id)), " ",
      el("span", { class: "badge calm" }, each.type === "LOCAL" ? "We" : "Partner")),
    facts([["Id", copyable(each.id)]]),
    each.certificates.length === 0
      ? el("p", { class: "dim" }, "It has no certificates.")
      : el("ul", { class: "plain" }, each.certificates.map(certificate)));
}

function certificate(each) {
  if (!each.validity) {
    return el("li", {}, el("span", { class: "badge bad" }, "Missing"), " ", el("code", {}, visible(each.id)));
  }
  return el("li", {}, validity(each), " ",
    el("a", { href: withQuery("#/certificates", { text: each.id }) }, each.usage.toLowerCase()), " until ", day(each.ends));
}
