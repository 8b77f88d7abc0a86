// Asks the daemon.

let token = "";

/** What the page has to bring besides the cookie when it changes something. */
export function useToken(given) {
  token = given;
}

/** Something did not work; the message is a sentence for people. */
export class Problem extends Error {
  constructor(message, status, code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

async function ask(path, options) {
  let answer;
  try {
    answer = await fetch(`console/${path}`, { cache: "no-store", credentials: "same-origin", ...options });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Problem("The daemon cannot be reached at the moment.", 0, "UNREACHED");
  }
  if (answer.status === 304) {
    return { unchanged: true };
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok && body) {
    return { value: body, tag: answer.headers.get("ETag") };
  }
  const code = body?.error?.code ?? "";
  if (code === "SIGNED_OUT") {
    document.dispatchEvent(new Event("signed-out"));
  }
  throw new Problem(body?.error?.message ?? `The daemon answered with ${answer.status}.`, answer.status, code);
}

/** What there is; `unchanged` where it is what `tag` stands for. */
export function get(path, parameters = {}, signal = undefined, tag = undefined) {
  const headers = tag ? { "If-None-Match": tag } : {};
  return ask(withQuery(path, parameters), { headers, signal });
}

/** Has something done. */
export async function post(path, members) {
  const headers = { "Content-Type": "application/json", "X-Console-Token": token };
  const { value } = await ask(path, { method: "POST", headers, body: JSON.stringify(members) });
  return value;
}

/** A path or route with those parameters that have a value. */
export function withQuery(path, parameters) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "") {
      query.set(name, value);
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

const EVERY = 2000;
const AFTER_A_PROBLEM = 8000;

/**
 * Asks again and again while the page can be seen, less often where answers take long.
 *
 * @param show called with what there is whenever it changed
 * @param failed called with a problem, and with null when it is over; `show` is not called then
 */
export async function live(path, parameters, signal, show, failed) {
  let tag;
  let trouble = false;
  while (!signal.aborted) {
    await seen(signal);
    const begun = performance.now();
    let wait = EVERY;
    try {
      const { value, unchanged, tag: newTag } = await get(path, parameters, signal, tag);
      if (!unchanged && !signal.aborted) {
        tag = newTag;
        if (show(value) === "enough") {
          return;
        }
      }
      if (trouble) {
        trouble = false;
        failed(null);
      }
      wait = Math.max(EVERY, 10 * (performance.now() - begun));
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!(error instanceof Problem)) {
        throw error;
      }
      trouble = true;
      failed(error);
      wait = AFTER_A_PROBLEM;
    }
    await pause(wait, signal);
  }
}

function pause(ms, signal) {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", over);
      resolve();
    };
    const timer = setTimeout(over, ms);
    signal.addEventListener("abort", over);
  });
}

function seen(signal) {
  if (!document.hidden) {
    return Promise.resolve();
  }
  return new Promise((resolve) => {
    const over = () => {
      document.removeEventListener("visibilitychange", over);
      signal.removeEventListener("abort", over);
      resolve();
    };
    document.addEventListener("visibilitychange", over);
    signal.addEventListener("abort", over);
  });
}
