// How values are written for people.

const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Text of others, where what cannot be seen, or turns text around, is shown by its number. */
export function visible(text) {
  return String(text ?? "").replace(INVISIBLE,
    (c) => `[U+${c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}

/** The same for text of several lines. */
export function visibleLines(text) {
  return String(text ?? "").replace(/\r\n?/g, "\n").split("\n").map(visible).join("\n");
}

/** The last segment of a path, and what is before it. */
export function splitPath(path) {
  const slash = path.lastIndexOf("/");
  return { folder: visible(path.slice(0, slash + 1)), name: visible(path.slice(slash + 1)) };
}

const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const YEAR = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });
const CLOCK = new Intl.DateTimeFormat(undefined,
  { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** A moment: its time, and its day where that is another one than today. */
export function moment(iso) {
  const at = new Date(iso);
  const today = at.toDateString() === new Date().toDateString();
  return today ? CLOCK.format(at) : `${DAY.format(at)}, ${CLOCK.format(at)}`;
}

/** A moment as an element that also knows it exactly. */
export function time(iso, words = moment(iso)) {
  const element = document.createElement("time");
  setTime(element, iso, words);
  return element;
}

export function setTime(element, iso, words = moment(iso)) {
  element.dateTime = iso;
  element.title = iso;
  element.textContent = words;
}

export function day(iso) {
  return time(iso, YEAR.format(new Date(iso)));
}

/** A time span in milliseconds. */
export function span(ms) {
  if (ms < 1000) {
    return `${Math.max(0, Math.round(ms))} ms`;
  } else if (ms < 60_000) {
    return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  } else if (ms < 3_600_000) {
    return `${Math.floor(ms / 60_000)} min ${Math.floor(ms / 1000) % 60} s`;
  } else if (ms < 86_400_000) {
    return `${Math.floor(ms / 3_600_000)} h ${Math.floor(ms / 60_000) % 60} min`;
  }
  return `${Math.floor(ms / 86_400_000)} days`;
}

export function between(from, to) {
  return span(new Date(to) - new Date(from));
}

/** A size in bytes. */
export function size(bytes) {
  const exact = `${Number(bytes).toLocaleString()} bytes`;
  if (bytes < 10_000) {
    return exact;
  }
  const units = ["KiB", "MiB", "GiB", "TiB"];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]} (${exact})`;
}

export const STATUS = {
  QUEUED: "Queued",
  IN_PROGRESS: "In progress",
  COMPLETED: "Completed",
  FAILED: "Failed",
};

/** A status as a word in a coloured frame. */
export function badge(file) {
  const element = document.createElement("span");
  setBadge(element, file);
  return element;
}

export function setBadge(element, file) {
  const open = file.status === "QUEUED" || file.status === "IN_PROGRESS";
  const cancelled = file.failureCode === "CANCELLED";
  element.className = `badge ${cancelled ? "cancelled" : file.status.toLowerCase().replace("_", "-")}`;
  element.textContent = file.cancelling && open ? "Cancelling" : cancelled ? "Cancelled" : STATUS[file.status];
}

/** What the word of mic-match means. */
export function micMeaning(word) {
  if (word === "rfc") {
    return "matches: the partner has exactly what was sent";
  } else if (word === "absent") {
    return "the partner states none";
  } else if (word === "mismatch") {
    return "does not match, and fits nothing that is known";
  } else if (word?.startsWith("variant:")) {
    return `does not match; the partner hashed something else: ${word.slice(8).replaceAll("-", " ")}`;
  }
  return visible(word);
}

const VALIDITY = { EXPIRED: "bad", CRITICAL: "bad", WARNING: "warn", LATER: "calm", GOOD: "good" };

/** How long a certificate may still be used. */
export function validity(certificate) {
  const element = document.createElement("span");
  element.className = `badge ${VALIDITY[certificate.validity] ?? "calm"}`;
  element.textContent = validityWords(certificate);
  return element;
}

function validityWords(certificate) {
  const days = certificate.daysLeft;
  if (certificate.validity === "EXPIRED") {
    const ago = -days - 1;
    return ago < 1 ? "Expired today" : `Expired ${plural(ago, "day")} ago`;
  } else if (certificate.validity === "LATER") {
    return `Not in use yet, ${plural(days, "day")} left`;
  } else if (days < 1) {
    return "Ends today";
  }
  return `${plural(days, "day")} left`;
}

export function plural(count, word) {
  return `${count.toLocaleString()} ${word}${count === 1 ? "" : "s"}`;
}
