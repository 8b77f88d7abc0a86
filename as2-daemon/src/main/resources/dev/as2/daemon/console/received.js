// What was received, the newest first.

import { code, copyable, el, facts } from "./dom.js";
import { showList } from "./list.js";
import { badge, size, time, visible } from "./text.js";

export function showReceived(place, parameters, signal) {
  return showList(place, parameters, signal, {
    path: "received",
    title: "Received",
    search: "AS2 name, Message-ID or failure code",
    none: "Nothing was received yet.",
    item: message,
  });
}

const MDN = {
  NONE: "none was asked for",
  SENT: "sent",
  PENDING: "still to be posted",
  FAILED: "could not be posted",
};

function message(each) {
  const name = visible(each.detail["requester-file-name"] ?? each.messageId);
  const files = each.detail["s3-attributes"] ?? {};
  const path = files["file-key"] ? `/${files["file-bucket"]}/${files["file-key"]}` : "";
  return el("article", { class: "card", "aria-label": name },
    el("h2", {}, el("bdi", {}, name), " ", badge(each)),
    el("p", { class: "flow" }, el("bdi", {}, visible(each.from)), " → ", el("bdi", {}, visible(each.to)), " ", time(each.ended)),
    each.failureCode ? el("p", {}, code(each.failureCode), " ", visible(each.failureMessage)) : null,
    el("details", {}, el("summary", {}, "More"),
      facts([
        ["Message-ID", copyable(each.messageId, visible(each.messageId))],
        ["File", visible(path)],
        ["Size", path ? size(each.bytes) : ""],
        ["Subject", visible(each.detail["message-subject"])],
        ["From address", visible(each.detail["client-ip"])],
        ["Agreement", visible(each.agreement)],
        ["MDN", MDN[each.mdn]],
      ])));
}
