// The transfers: newest first, live, filtered and searched.

import { code, el, setCode, setProblem, setText, state } from "./dom.js";
import { live, withQuery } from "./http.js";
import { connectorName, connectorPicker } from "./picker.js";
import { badge, between, setBadge, setTime, splitPath, STATUS, visible } from "./text.js";

const TYPED = 250;

export async function showTransfers(place, parameters, signal) {
  const filter = {
    text: parameters.text ?? "",
    status: STATUS[parameters.status] ? parameters.status : "",
    connector: parameters.connector ?? "",
    before: parameters.before ?? "",
  };
  const list = new List();
  let asking = new AbortController();
  signal.addEventListener("abort", () => asking.abort(), { once: true });

  function begin() {
    asking.abort();
    asking = new AbortController();
    list.loading(filter);
    live("transfers", filter, asking.signal, (value) => list.show(value, filter), (error) => list.failed(error));
  }

  function change(name, value) {
    if (filter[name] === value) {
      return;
    }
    filter[name] = value;
    filter.before = "";
    history.replaceState(null, "", withQuery("#/transfers", filter));
    begin();
  }

  const form = filterForm(filter, change);
  place.replaceChildren(
    el("div", { class: "heading" }, el("h1", {}, "Transfers"), list.pulse), form, list.element);
  begin();
  const field = form.querySelector(".connector");
  try {
    field.append(await connectorPicker("connector", filter.connector, "All connectors", signal,
      (id) => change("connector", id)));
  } catch {
    field.remove(); // what is wrong is said where the transfers would be
  }
}

function filterForm(filter, change) {
  let timer;
  const search = el("input", {
    type: "search", id: "search", value: filter.text, placeholder: "File, id, partner or failure code",
    spellcheck: "false", autocomplete: "off", maxlength: 1100,
    input: () => {
      clearTimeout(timer);
      timer = setTimeout(() => change("text", search.value.trim()), TYPED);
    },
  });
  const form = el("form", { class: "filter", role: "search", "aria-label": "Transfers" },
    el("div", { class: "field wide" }, el("label", { for: "search" }, "Search"), search),
    el("div", { class: "field connector" }, el("label", { for: "connector" }, "Connector")),
    statuses(filter, change));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    change("text", search.value.trim());
  });
  return form;
}

function statuses(filter, change) {
  const choices = [["", "All"], ...Object.entries(STATUS)].map(([value, words]) =>
    el("label", { class: "choice" },
      el("input", {
        type: "radio", name: "status", value, checked: filter.status === value,
        change: () => change("status", value),
      }),
      el("span", {}, words)));
  return el("fieldset", { class: "choices" }, el("legend", {}, "Status"), choices);
}

/** The rows that are shown; a row stays the same element while its transfer changes. */
class List {
  constructor() {
    this.rows = new Map();
    this.pulse = el("p", { class: "pulse" }, "");
    this.body = el("tbody", { role: "rowgroup" });
    const names = ["Status", "File", "Partner", "Accepted", "Took", "Tries"];
    this.table = el("table", { class: "list", role: "table", "aria-label": "Transfers, newest first" },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" },
        names.map((name) => el("th", { role: "columnheader", scope: "col" }, name)))),
      this.body);
    this.trouble = el("div", {});
    this.note = el("p", { class: "note", role: "status" });
    this.rest = el("div", {});
    this.paging = el("nav", { class: "paging", "aria-label": "Pages of transfers" });
    this.element = el("section", { class: "found", "aria-label": "Found" },
      this.trouble, this.note, this.table, this.rest, this.paging);
  }

  loading() {
    this.rows.clear();
    this.body.replaceChildren();
    this.table.hidden = true;
    this.paging.replaceChildren();
    setProblem(this.trouble, null);
    setText(this.note, "");
    this.rest.replaceChildren(state("Loading…"));
    this.fresh = true;
  }

  failed(error) {
    this.pulse.className = error ? "pulse off" : "pulse on";
    setText(this.pulse, error ? "Not live" : "Live");
    setProblem(this.trouble, error);
    if (error && this.fresh) {
      this.rest.replaceChildren();
    }
  }

  show(value, filter) {
    this.pulse.className = "pulse on";
    setText(this.pulse, "Live");
    setProblem(this.trouble, null);
    setText(this.note, value.manyConnectors
      ? "The text fits more than 20 connectors; write more of it to find the files of all that are meant." : "");
    this.rest.replaceChildren(...(value.files.length ? [] : [nothing(filter)]));
    this.table.hidden = value.files.length === 0;
    this.update(value.files);
    this.page(value, filter);
    this.fresh = false;
  }

  update(files) {
    const kept = new Map();
    let previous = null;
    for (const file of files) {
      const row = this.rows.get(file.sequence) ?? new Row(file, !this.fresh);
      row.update(file);
      kept.set(file.sequence, row);
      const next = previous ? previous.nextSibling : this.body.firstChild;
      if (next !== row.element) {
        this.body.insertBefore(row.element, next);
      }
      previous = row.element;
    }
    for (const [sequence, row] of this.rows) {
      if (!kept.has(sequence)) {
        row.element.remove();
      }
    }
    this.rows = kept;
  }

  page(value, filter) {
    const links = [];
    if (filter.before) {
      links.push(el("a", { href: withQuery("#/transfers", { ...filter, before: "" }) }, "Newest"));
    }
    if (value.more) {
      const last = value.files.at(-1).sequence;
      links.push(el("a", { href: withQuery("#/transfers", { ...filter, before: last }) }, "Older"));
    }
    if (this.paging.textContent !== links.map((link) => link.textContent).join("")) {
      this.paging.replaceChildren(...links);
    } else {
      links.forEach((link, i) => this.paging.children[i].setAttribute("href", link.getAttribute("href")));
    }
  }
}

function nothing(filter) {
  if (filter.text || filter.status || filter.connector) {
    return state("Nothing found", "No transfer fits. Its history may have ended, or the filter is too narrow.",
      el("p", {}, el("a", { href: "#/transfers" }, "Show all transfers")));
  }
  return state("No transfers yet", "What is sent by the API, by the command or from here is shown as it comes.",
    el("p", {}, el("a", { href: "#/send" }, "Send a file")));
}

class Row {
  constructor(file, isNew) {
    this.badge = badge(file);
    this.code = code("");
    this.link = el("a", { href: withQuery("#/transfer", { id: file.transferId, number: file.number }) });
    this.folder = el("bdi", { class: "folder" });
    this.partner = el("bdi", {});
    this.connector = el("bdi", { class: "dim" });
    this.accepted = el("time", {});
    this.took = el("span", {});
    this.tries = el("span", {});
    this.name = el("bdi", {});
    this.link.append(this.name);
    this.element = el("tr", { role: "row", class: isNew ? "new" : null },
      cell("status", this.badge, " ", this.code),
      cell("file", this.link, " ", this.folder),
      cell("partner", this.partner, " ", this.connector),
      cell("time", this.accepted),
      cell("number took", this.took),
      cell("number tries", this.tries));
  }

  update(file) {
    const { folder, name } = splitPath(file.file);
    const label = connectorName(file);
    const cancelled = file.failureCode === "CANCELLED";
    setBadge(this.badge, file);
    setCode(this.code, cancelled ? "" : visible(file.failureCode ?? ""));
    setText(this.name, name);
    setText(this.folder, folder);
    setText(this.partner, visible(file.partner || label));
    setText(this.connector, file.partner && label !== visible(file.partner) ? label : "");
    setTime(this.accepted, file.accepted);
    setText(this.took, file.ended ? between(file.accepted, file.ended) : "");
    setText(this.tries, file.attempts ? String(file.attempts) : "");
  }
}

function cell(name, ...children) {
  return el("td", { role: "cell", class: name }, children);
}
