// Signing in with an access key.

import { el } from "./dom.js";
import { post } from "./http.js";

/** Shows the form; calls `enter` with the session. */
export function showSignIn(main, sentence, enter) {
  const id = el("input", {
    id: "access-key-id", name: "username", autocomplete: "username", required: true,
    spellcheck: "false", autocapitalize: "off", maxlength: 128,
  });
  const secret = el("input", {
    id: "secret-access-key", name: "password", type: "password", autocomplete: "current-password",
    required: true, maxlength: 256,
  });
  const wrong = el("p", { class: "wrong", id: "sign-in-wrong", role: "alert" });
  const button = el("button", { type: "submit", class: "primary" }, "Sign in");
  const form = el("form", { class: "sign-in", method: "post", "aria-labelledby": "sign-in-title" },
    el("h1", { id: "sign-in-title" }, "AS2 console"),
    sentence ? el("p", { role: "status" }, sentence) : null,
    el("div", { class: "field" }, el("label", { for: "access-key-id" }, "Access key id"), id),
    el("div", { class: "field" }, el("label", { for: "secret-access-key" }, "Secret access key"), secret),
    wrong,
    button,
    el("p", { class: "hint" }, "Any access key of this daemon. Its first one is in the file ",
      el("code", {}, "credentials"), " of its state folder."));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    wrong.textContent = "";
    try {
      enter(await post("sign-in", { accessKeyId: id.value.trim(), secretAccessKey: secret.value.trim() }));
    } catch (error) {
      wrong.textContent = error.message;
      secret.setAttribute("aria-describedby", "sign-in-wrong");
      button.disabled = false;
      secret.focus();
    }
  });
  main.replaceChildren(form);
  id.focus();
}
