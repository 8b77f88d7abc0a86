// Sends files: what StartFileTransfer does.

import { el, say } from "./dom.js";
import { post, withQuery } from "./http.js";
import { connectorPicker } from "./picker.js";

const MOST = 10;

export async function showSend(place, parameters, signal) {
  place.replaceChildren(el("h1", {}, "Send files"));
  const connector = await connectorPicker("send-connector", parameters.connector ?? "", "", signal);
  const files = el("textarea", {
    id: "send-files", rows: 5, required: true, spellcheck: "false", autocapitalize: "off",
    placeholder: "/bucket/folder/order.edi", "aria-describedby": "send-hint send-wrong",
  });
  const wrong = el("p", { class: "wrong", id: "send-wrong", role: "alert" });
  const button = el("button", { type: "submit", class: "primary" }, "Send");
  const form = el("form", { class: "send", method: "post" },
    el("div", { class: "field" }, el("label", { for: "send-connector" }, "Connector"), connector),
    el("div", { class: "field" }, el("label", { for: "send-files" }, "Files"), files,
      el("p", { class: "hint", id: "send-hint" }, `One path a line, /bucket/key, at most ${MOST}. Each becomes a message of its own.`)),
    wrong,
    el("div", { class: "buttons" }, button));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const paths = files.value.split("\n").map((line) => line.trim()).filter((line) => line !== "");
    wrong.textContent = problemWith(paths);
    if (wrong.textContent) {
      files.focus();
      return;
    }
    button.disabled = true;
    try {
      const sent = await post("send", { connectorId: connector.value.trim(), files: paths });
      location.hash = paths.length === 1
        ? withQuery("#/transfer", { id: sent.transferId, number: 0 })
        : withQuery("#/transfers", { text: sent.transferId });
      say(paths.length === 1 ? "The file is accepted." : `${paths.length} files are accepted.`);
    } catch (error) {
      wrong.textContent = error.message;
      button.disabled = false;
    }
  });
  place.append(form);
}

function problemWith(paths) {
  if (paths.length === 0) {
    return "There is no path.";
  } else if (paths.length > MOST) {
    return `There are ${paths.length} paths, and a transfer has at most ${MOST}.`;
  }
  const wrong = paths.findIndex((path) => !/^\/?[^/]+\/./.test(path));
  return wrong < 0 ? "" : `File ${wrong + 1} is not of the form /bucket/key.`;
}
