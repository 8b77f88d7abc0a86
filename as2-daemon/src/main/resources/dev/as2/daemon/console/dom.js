// Builds the page. Text becomes text and nothing else: there is no way in here for markup.

/** An element; attributes that are false, null or undefined are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets a text only where it is another one, so that what is selected stays selected. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** A code such as MDN_MISSING, which may be broken after an underscore and nowhere else. */
export function setCode(node, code) {
  if (node.textContent !== code) {
    node.replaceChildren(...code.split(/(?<=_)/).flatMap((word) => [word, el("wbr")]).slice(0, -1));
  }
}

export function code(text) {
  const element = el("span", { class: "code" });
  setCode(element, text);
  return element;
}

/** Names and values below each other; values that are missing are left out. */
export function facts(rows) {
  const list = el("dl", { class: "facts" });
  for (const [name, value] of rows) {
    if (value !== null && value !== undefined && value !== "") {
      list.append(el("div", {}, el("dt", {}, name), el("dd", {}, value)));
    }
  }
  return list;
}

/** A text that can be copied by a button. */
export function copyable(text, shown = text) {
  const code = el("code", {}, shown);
  if (!navigator.clipboard) {
    return code;
  }
  const button = el("button", { type: "button", class: "copy", "aria-label": `Copy ${shown}` }, "Copy");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    say("Copied.");
  });
  return el("span", { class: "copyable" }, code, " ", button);
}

/** What is shown where there is nothing else: loading, nothing found, a problem. */
export function state(title, sentence = "", ...more) {
  return el("div", { class: "state" }, el("p", { class: "state-title" }, title), el("p", {}, sentence), more);
}

/** A problem, with the words of who has it. */
export function problem(error, retry) {
  const again = retry ? el("button", { type: "button", click: retry }, "Try again") : null;
  return el("div", { class: "callout bad", role: "alert" }, el("p", {}, error.message), again);
}

/** Shows a problem, or that there is none; one that is shown already is not said again. */
export function setProblem(place, error) {
  const code = error ? `${error.status} ${error.code}` : "";
  if (place.dataset.problem !== code) {
    place.dataset.problem = code;
    place.replaceChildren(...(error ? [problem(error)] : []));
  }
}

/** Says something to everybody, whether they look or listen. */
export function say(sentence) {
  const place = document.getElementById("said");
  place.textContent = sentence;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { place.textContent = ""; }, 5000);
}

/** Asks before something is done that cannot be undone. */
export function confirm(title, sentence, yes) {
  return new Promise((resolve) => {
    const no = el("button", { type: "button", value: "no", click: () => dialog.close() }, "No, go back");
    const go = el("button", { type: "button", class: "primary", click: () => dialog.close("yes") }, yes);
    const dialog = el("dialog", { "aria-labelledby": "dialog-title" },
      el("h2", { id: "dialog-title" }, title), el("p", {}, sentence), el("div", { class: "buttons" }, no, go));
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
