// Choosing a connector: from a list where there are few, by typing where there are many.

import { el } from "./dom.js";
import { get } from "./http.js";
import { visible } from "./text.js";

const FEW = 100;
const TYPED = 200;

/** How a connector is called, shortly. */
export function connectorName(connector) {
  return visible(connector.connector || connector.name || connector.partner || connector.connectorId || connector.id);
}

/**
 * An element with a value.
 *
 * @param none the words for no connector; empty where there has to be one
 * @param chosen called when another one is chosen
 */
export async function connectorPicker(id, value, none, signal, chosen = () => {}) {
  const { value: found } = await get("connectors", { limit: FEW }, signal);
  const control = found.total <= FEW ? choice(id, value, none, found.connectors) : typed(id, value, none, signal);
  control.addEventListener("change", () => chosen(control.value.trim()));
  return control;
}

function option(connector) {
  const name = connectorName(connector);
  return name === connector.id ? name : `${name} (${connector.id})`;
}

function choice(id, value, none, connectors) {
  const select = el("select", { id, required: !none },
    el("option", { value: "" }, none || "Choose one"),
    connectors.map((each) => el("option", { value: each.id, selected: each.id === value }, option(each))));
  if (value && !connectors.some((each) => each.id === value)) {
    select.append(el("option", { value, selected: true }, visible(value)));
  }
  return select;
}

function typed(id, value, none, signal) {
  const list = el("datalist", { id: `${id}-known` });
  const input = el("input", {
    id, value: value ?? "", list: list.id, autocomplete: "off", spellcheck: "false", required: !none,
    placeholder: none || "Type a part of its name",
  });
  let timer;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const { value: found } = await get("connectors", { text: input.value, limit: 20 }, signal).catch(() => ({}));
      list.replaceChildren(...(found?.connectors ?? []).map((each) =>
        el("option", { value: each.id }, connectorName(each))));
    }, TYPED);
  });
  signal.addEventListener("abort", () => list.remove(), { once: true });
  document.body.append(list);
  return input;
}
