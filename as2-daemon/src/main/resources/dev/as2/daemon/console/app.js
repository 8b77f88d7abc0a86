// Signs in, and shows the page that the address names.

import { get, post, useToken } from "./http.js";
import { el, problem, state } from "./dom.js";
import { visible } from "./text.js";
import { showSignIn } from "./signin.js";
import { showTransfers } from "./transfers.js";
import { showTransfer } from "./transfer.js";
import { showSend } from "./send.js";
import { showReceived } from "./received.js";
import { showAgreements } from "./agreements.js";
import { showConnectors } from "./connectors.js";
import { showProfiles } from "./profiles.js";
import { showCertificates } from "./certificates.js";

const PAGES = {
  transfers: { title: "Transfers", show: showTransfers },
  transfer: { title: "Transfer", show: showTransfer, under: "transfers" },
  send: { title: "Send", show: showSend },
  received: { title: "Received", show: showReceived },
  agreements: { title: "Agreements", show: showAgreements },
  connectors: { title: "Connectors", show: showConnectors },
  profiles: { title: "Profiles", show: showProfiles },
  certificates: { title: "Certificates", show: showCertificates },
};

const URGENT_EVERY = 10 * 60 * 1000;

const main = document.getElementById("main");
const top = document.getElementById("top");
let leaving = new AbortController();
let signedIn = false;
let urgentTimer;

function route() {
  const [, name = "", query = ""] = /^#\/([a-z]*)\??(.*)$/.exec(location.hash) ?? [];
  return { name: PAGES[name] ? name : "transfers", parameters: Object.fromEntries(new URLSearchParams(query)) };
}

async function show(moveFocus) {
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const { name, parameters } = route();
  const page = PAGES[name];
  document.title = `${page.title} · AS2 console`;
  for (const link of document.querySelectorAll("[data-page]")) {
    if (link.dataset.page === (page.under ?? name)) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
  }
  const place = el("div", { class: `page ${name}` });
  main.replaceChildren(place);
  scrollTo(0, 0);
  if (moveFocus) {
    main.focus({ preventScroll: true });
  }
  try {
    await page.show(place, parameters, signal);
  } catch (error) {
    if (!signal.aborted && signedIn) {
      place.replaceChildren(problem(error, () => show(true)));
    }
  }
}

async function countUrgent() {
  clearTimeout(urgentTimer);
  if (!signedIn) {
    return;
  }
  urgentTimer = setTimeout(countUrgent, URGENT_EVERY);
  try {
    const { value } = await get("certificates", { limit: 1 });
    const count = document.getElementById("urgent");
    count.hidden = value.urgent === 0;
    count.replaceChildren(String(value.urgent), el("span", { class: "unseen" }, " end soon or have ended"));
  } catch {
    // The number can wait until the next time; the certificates' page says what is wrong.
  }
}

function enter(session, moveFocus = true) {
  signedIn = true;
  useToken(session.token);
  document.getElementById("who").textContent = visible(session.accessKeyId);
  top.hidden = false;
  countUrgent();
  show(moveFocus);
}

function leave(sentence) {
  leaving.abort();
  signedIn = false;
  clearTimeout(urgentTimer);
  useToken("");
  top.hidden = true;
  document.title = "Sign in · AS2 console";
  showSignIn(main, sentence, enter);
}

window.addEventListener("hashchange", () => {
  if (!signedIn) {
    return;
  }
  if (location.hash === "#main") {
    main.focus();
  } else {
    show(true);
  }
});

document.addEventListener("signed-out", () => {
  if (signedIn) {
    leave("Your session has ended. Sign in again to go on.");
  }
});

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});

document.getElementById("sign-out").addEventListener("click", async () => {
  try {
    await post("sign-out", {});
    leave("You are signed out.");
  } catch (error) {
    main.prepend(problem(error));
  }
});

async function start() {
  try {
    const { value } = await get("session");
    if (value.signedIn) {
      enter(value, false);
    } else {
      leave("");
    }
  } catch (error) {
    main.replaceChildren(state("The console cannot start", error.message,
      el("button", { type: "button", click: start }, "Try again")));
  }
}

start();
