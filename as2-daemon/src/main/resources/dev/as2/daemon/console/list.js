// A list of resources, or of what was received: searched, a page at a time.

import { el, state } from "./dom.js";
import { get, withQuery } from "./http.js";
import { plural } from "./text.js";

const TYPED = 250;

/**
 * Shows a list.
 *
 * @param what path, title, words of the search, words for none, how an item is shown, and what is above
 */
export async function showList(place, parameters, signal, what) {
  const items = el("div", { class: "cards" });
  const count = el("p", { class: "note", role: "status" });
  const above = el("div", {});
  const more = el("div", { class: "paging" });
  let text = parameters.text ?? "";
  let asking = 0;

  async function load(from) {
    const mine = ++asking;
    const { value } = await get(what.path, { text, from }, signal);
    if (mine !== asking) {
      return; // another one was asked for meanwhile
    }
    if (from === 0) {
      items.replaceChildren();
    }
    items.append(...value[what.path].map(what.item));
    count.textContent = text && value.total ? `${value.total.toLocaleString()} found` : "";
    above.replaceChildren(...[what.above?.(value)].filter((each) => each));
    if (from === 0 && value[what.path].length === 0) {
      items.replaceChildren(text ? state("Nothing found", "None fits what you are looking for.") : state("None", what.none));
    }
    more.replaceChildren(...(value.next === undefined ? []
      : [el("button", { type: "button", click: () => load(value.next) }, "Show more")]));
  }

  let timer;
  const search = el("input", {
    type: "search", id: "search", value: text, placeholder: what.search, spellcheck: "false", autocomplete: "off",
    maxlength: 1100,
    input: () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        text = search.value.trim();
        history.replaceState(null, "", withQuery(`#/${what.path}`, { text }));
        load(0);
      }, TYPED);
    },
  });
  const form = el("form", { class: "filter", role: "search", "aria-label": what.title, submit: (e) => e.preventDefault() },
    el("div", { class: "field wide" }, el("label", { for: "search" }, "Search"), search));
  items.append(state("Loading…"));
  place.replaceChildren(el("h1", {}, what.title), form, above, count, items, more);
  await load(0);
}
