// One file: how it went, what it became, what the partner said.

import { code, confirm, copyable, el, facts, say, setCode, setProblem, state } from "./dom.js";
import { get, live, post, withQuery } from "./http.js";
import { connectorName } from "./picker.js";
import { badge, between, micMeaning, setBadge, size, span, splitPath, time, visible, visibleLines } from "./text.js";

export async function showTransfer(place, parameters, signal) {
  const key = { transferId: parameters.id ?? "", number: parameters.number ?? "0" };
  const trouble = el("div", {});
  const content = el("div", { class: "transfer-content" }, state("Loading…"));
  const mdn = new MdnText(key, signal);
  place.replaceChildren(el("p", { class: "crumb" }, el("a", { href: "#/transfers" }, "Transfers")), trouble, content);

  await live("transfer", key, signal, (file) => {
    setProblem(trouble, null);
    const hadFocus = content.contains(document.activeElement);
    content.replaceChildren(...parts(file, mdn, (what) => act(what, file, trouble)));
    if (hadFocus) {
      (content.querySelector("#cancel, #resend") ?? document.getElementById("main")).focus();
    }
    return file.ended ? "enough" : "";
  }, (error) => {
    if (error && error.status === 404) {
      content.replaceChildren(state("Not found", error.message));
      setProblem(trouble, null);
    } else {
      setProblem(trouble, error);
    }
  });
}

async function act(what, file, trouble) {
  const key = { transferId: file.transferId, number: file.number };
  const { name } = splitPath(file.file);
  const sure = what === "resend"
    ? await confirm("Send it again?",
      `${name} becomes a new message with a new Message-ID. A partner who has it already may process it twice.`,
      "Send again")
    : await confirm("Cancel it?", `${name} is not sent, unless the partner has it already.`, "Cancel the transfer");
  if (!sure) {
    return;
  }
  try {
    const answer = await post(what, key);
    if (what === "resend") {
      location.hash = withQuery("#/transfer", { id: answer.transferId, number: answer.number });
      say("It is being sent again, as a new transfer.");
    } else {
      say("The transfer is being cancelled.");
    }
  } catch (error) {
    setProblem(trouble, error);
  }
}

function parts(file, mdn, act) {
  const record = file.record ?? {};
  return [
    head(file, act),
    failure(file),
    warnings(record),
    el("div", { class: "columns" },
      el("div", { class: "column" }, timeline(file, record), receipt(file, record, mdn)),
      el("div", { class: "column" }, message(file, record), results(record), others(file))),
    raw(file),
  ].filter((part) => part !== null);
}

function head(file, act) {
  const { folder, name } = splitPath(file.file);
  const status = badge(file);
  setBadge(status, file);
  const open = !file.ended;
  const button = open
    ? el("button", { type: "button", id: "cancel", disabled: file.cancelling, click: () => act("cancel") },
      file.cancelling ? "Being cancelled" : "Cancel")
    : el("button", { type: "button", id: "resend", click: () => act("resend") }, "Send again");
  return el("div", { class: "heading" },
    el("div", {},
      el("p", { class: "above" }, status, " to ", el("bdi", {}, visible(file.partner || connectorName(file)))),
      el("h1", {}, el("bdi", {}, name)),
      el("p", { class: "dim" }, el("bdi", {}, folder))),
    el("div", { class: "buttons" }, button));
}

function failure(file) {
  if (!file.failureCode) {
    return null;
  }
  const calm = file.failureCode === "CANCELLED";
  const title = el("h2", { id: "failure-title" });
  setCode(title, visible(file.failureCode));
  return el("section", { class: calm ? "callout" : "callout bad", "aria-labelledby": "failure-title" },
    title,
    el("p", {}, visible(file.failureMessage ?? file.failureMeaning ?? "")),
    file.failureHint ? el("p", {}, el("strong", {}, "What to do: "), file.failureHint) : null);
}

function warnings(record) {
  if (!record.warnings?.length) {
    return null;
  }
  return el("section", { class: "callout warn", "aria-labelledby": "warnings-title" },
    el("h2", { id: "warnings-title" }, "Odd, and harmless"),
    el("ul", {}, record.warnings.map((each) => el("li", {}, visible(each)))));
}

function section(title, id, ...children) {
  return el("section", { class: "card", "aria-labelledby": id }, el("h2", { id }, title), children);
}

function timeline(file, record) {
  const steps = [step("Accepted", file.accepted, `asked for by ${visible(file.requester)}`)];
  if (file.resendOf) {
    const { transferId, number } = file.resendOf;
    steps[0].append(el("p", {}, "Sent again: ",
      el("a", { href: withQuery("#/transfer", { id: transferId, number }) }, "the transfer before")));
  }
  if (file.started) {
    steps.push(step("Taken from the queue", file.started, `${between(file.accepted, file.started)} later`));
  }
  (record.attempts ?? []).forEach((each, i) => steps.push(attempt(each, i + 1)));
  if (!record.attempts && file.attempts) {
    steps.push(el("li", {}, el("p", {}, el("strong", {},
      file.attempts === 1 ? "One try so far" : `${file.attempts} tries so far`))));
  }
  if (file.ended) {
    const words = file.failureCode === "CANCELLED" ? "Cancelled" : file.status === "COMPLETED" ? "Completed" : "Failed";
    const end = step(words, file.ended, `${between(file.accepted, file.ended)} after it was accepted`);
    end.className = file.status === "COMPLETED" ? "completed" : "failed";
    steps.push(end);
  } else {
    steps.push(el("li", { class: "now" }, el("p", {}, el("strong", {},
      file.cancelling ? "Being cancelled…" : file.status === "QUEUED" ? "Waits for its turn…" : "Under way…"))));
  }
  return section("Timeline", "timeline-title", el("ol", { class: "timeline" }, steps));
}

function step(title, at, words) {
  return el("li", {}, el("p", {}, el("strong", {}, title), " ", time(at)), el("p", { class: "dim" }, words));
}

const STAGES = [
  ["connect-ms", "connect", "to connect"],
  ["write-ms", "write", "to write"],
  ["wait-ms", "wait", "until the answer"],
  ["answer-ms", "answer", "to read it"],
];

function attempt(each, number) {
  const status = each["http-status"] ? `HTTP ${each["http-status"]}` : "no answer";
  const server = each.server ? `, by ${visible(each.server)}` : "";
  const total = STAGES.reduce((sum, [name]) => sum + (each[name] ?? 0), 0);
  const words = STAGES.filter(([name]) => each[name]).map(([name, , label]) => `${span(each[name])} ${label}`);
  const item = el("li", { class: each["failure-code"] ? "failed" : null },
    el("p", {}, el("strong", {}, `Try ${number}`), " ", time(each.started), ` ${status}${server}`));
  if (each["failure-code"]) {
    item.append(el("p", {}, code(visible(each["failure-code"])), " ",
      visible(each["failure-message"] ?? "")));
  }
  if (total > 0) {
    item.append(bar(each, total));
  }
  item.append(el("p", { class: "dim" }, [`${size(each["bytes-sent"] ?? 0)} sent`, ...words].join(", ")));
  return item;
}

/** How the time was spent, as lengths; the same is written beneath. */
function bar(each, total) {
  const element = el("div", { class: "bar", "aria-hidden": "true" });
  for (const [name, stage] of STAGES) {
    const part = el("span", { class: stage });
    part.style.flexGrow = String((each[name] ?? 0) / total);
    element.append(part);
  }
  return element;
}

function receipt(file, record, mdn) {
  if (!record.disposition && !record["mdn-file"]) {
    return file.ended ? section("Receipt (MDN)", "mdn-title", el("p", { class: "dim" }, "There is none.")) : null;
  }
  const signed = record["mdn-signed"];
  return section("Receipt (MDN)", "mdn-title",
    facts([
      ["Disposition", visible(record.disposition)],
      ["Signature", signed === undefined ? null : signed ? "by the partner, verified" : "none that holds"],
      ["MIC", record["mic"] ? el("code", {}, visible(record["mic"])) : null],
      ["Match", record["mic-match"] ? micMeaning(record["mic-match"]) : null],
      ["Subject", visible(record["mdn-subject"])],
      ["Its Message-ID", record["mdn-message-id"] ? el("code", {}, visible(record["mdn-message-id"])) : null],
    ]),
    record["mdn-file"] ? mdn.element() : null);
}

/** What the partner wrote: read from the stored answer, once. */
class MdnText {
  constructor(key, signal) {
    this.key = key;
    this.signal = signal;
    this.place = null;
  }

  element() {
    if (!this.place) {
      this.place = el("div", { class: "mdn-text" }, el("p", { class: "dim" }, "Reading the partner's words…"));
      this.load();
    }
    return this.place;
  }

  async load() {
    try {
      const { value } = await get("mdn", this.key, this.signal);
      this.place.replaceChildren(...mdnParts(value));
    } catch (error) {
      if (!this.signal.aborted) {
        this.place.replaceChildren(el("p", { class: "dim" }, error.message));
      }
    }
  }
}

function mdnParts(mdn) {
  const isMdn = mdn.fields !== undefined;
  const text = visibleLines(isMdn ? mdn.text : mdn.answer).trim();
  const words = text === "" ? el("p", { class: "dim" }, "The partner wrote nothing for people.")
    : el("pre", { tabindex: "0", "aria-label": "What the partner wrote" }, text);
  return [
    el("h3", {}, isMdn ? "What the partner wrote" : "The answer, which is no MDN"),
    words,
    isMdn ? disclosure("All fields", mdn.fields) : null,
    disclosure("Headers of the answer", mdn.headers),
  ].filter((part) => part !== null);
}

function disclosure(title, headers) {
  return el("details", {}, el("summary", {}, title),
    facts(headers.map((each) => [visible(each.name), visible(each.value)])));
}

function message(file, record) {
  const layers = record.layers?.length ? ["file", ...record.layers].join(", then ") : record.layers ? "none" : null;
  return section("Message", "message-title", facts([
    ["Message-ID", copyable(file.messageId, visible(file.messageId))],
    ["Transfer", copyable(file.transferId, visible(file.transferId))],
    ["Connector", el("a", { href: withQuery("#/connectors", { text: file.connectorId }) }, connectorName(file))],
    ["From", visible(record["as2-from"])],
    ["To", visible(record["as2-to"] ?? file.partner)],
    ["Subject", visible(record["message-subject"])],
    ["File", record["transfer-size"] === undefined ? null : size(record["transfer-size"])],
    ["Content type", visible(record["requester-content-type"])],
    ["Layers", layers],
  ]));
}

function results(record) {
  const files = [["Record", record["json-file"]], ["Answer", record["mdn-file"]]].filter(([, path]) => path);
  if (files.length === 0) {
    return null;
  }
  return section("Result files", "results-title",
    facts(files.map(([name, path]) => [name, copyable(path, visible(path))])));
}

function others(file) {
  if (!file.others.length) {
    return null;
  }
  return section("Other files of this transfer", "others-title",
    el("ul", { class: "plain" }, file.others.map((other) => el("li", {}, badge(other), " ",
      el("a", { href: withQuery("#/transfer", { id: file.transferId, number: other.number }) },
        el("bdi", {}, splitPath(other.file).name))))));
}

function raw(file) {
  if (!file.record) {
    return null;
  }
  return el("details", { class: "raw" }, el("summary", {}, "The whole record"),
    el("pre", { tabindex: "0", "aria-label": "The record as JSON" }, visibleLines(JSON.stringify(file.record, null, 2))));
}
