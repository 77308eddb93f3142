// Live change: one stream for the page that is seen, none for one in the background.
//
// A part that says data-live="bills cases" is fetched again when one of these changes. A board
// listens for "changed" and looks after its rows itself.
import { countDown, tellTimes } from "./times.js";

const STALE_SECONDS = 10;
const REST_MS = 1500; // between two refreshes
const pulse = document.getElementById("pulse");
const stale = document.getElementById("stale");
const isLive = document.querySelector("[data-live]") !== null;
let stream = null;
let heardAt = 0;
let changed = new Set();
let waiting = 0;
let versions = null; // where each list stood when we last heard

function open() {
  if (stream || document.hidden) return;
  stream = new EventSource("/live");
  for (const kind of ["still", "changed"]) {
    stream.addEventListener(kind, (event) => hear(JSON.parse(event.data)));
  }
}

function close() {
  stream?.close();
  stream = null;
}

function hear(told) {
  heardAt = Date.now();
  tell("live");
  countDown(new Date(told.now));
  // After a pause we learn from the versions what we missed, though not in which rows.
  const missed = Object.keys(told.versions).filter(
    (topic) => versions && versions[topic] !== told.versions[topic] && !(topic in told.topics),
  );
  versions = told.versions;
  change({ ...told.topics, ...Object.fromEntries(missed.map((topic) => [topic, []])) });
}

function change(topics) {
  if (!Object.keys(topics).length) return;
  for (const topic of Object.keys(topics)) changed.add(topic);
  document.dispatchEvent(new CustomEvent("changed", { detail: topics }));
  if (!waiting) waiting = setTimeout(refresh, REST_MS);
}

// Fetch this page once, and put in what is new of its live parts.
async function refresh() {
  const topics = changed;
  changed = new Set();
  waiting = 0;
  const parts = [...document.querySelectorAll("[data-live][id]:not([data-board])")].filter((part) =>
    part.dataset.live.split(" ").some((topic) => topics.has(topic)),
  );
  if (!parts.length) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of parts) renew(part, page.getElementById(part.id));
}

function renew(part, fresh) {
  if (!fresh || isBusy(part)) return;
  const at = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : "";
  const open = [...part.querySelectorAll("details")].map((each) => each.open);
  [...fresh.querySelectorAll("details")].forEach((each, i) => (each.open = open[i] || each.open));
  tellTimes(fresh);
  if (fresh.innerHTML === part.innerHTML) return;
  part.replaceChildren(...fresh.childNodes);
  if (at) part.querySelector(`[href="${CSS.escape(at)}"]`)?.focus();
  window.htmx?.process(part);
  part.dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
}

// Nobody loses what they are writing.
function isBusy(part) {
  const forms = [...part.querySelectorAll("form")];
  const writes = document.activeElement?.matches("input, textarea, select, summary");
  return (writes && part.contains(document.activeElement)) || forms.some((form) => form.dataset.touched);
}

function tell(words) {
  pulse.hidden = false;
  pulse.dataset.is = words;
  const said = pulse.querySelector(".words");
  if (said.textContent !== words) said.textContent = words;
  stale.hidden = words === "live";
}

function watch() {
  const quiet = (Date.now() - heardAt) / 1000;
  if (document.hidden || quiet < STALE_SECONDS) return;
  tell("not live");
  stale.textContent = `Nothing was heard for ${Math.round(quiet)} s: what you see may be older than it looks.`;
  if (stream?.readyState === EventSource.CLOSED) {
    close();
    open();
  }
}

addEventListener("input", (event) => event.target.form && (event.target.form.dataset.touched = "yes"));
if (isLive && pulse) {
  heardAt = Date.now();
  open();
  setInterval(watch, 1000);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    heardAt = Date.now();
    open();
  });
  addEventListener("pagehide", close);
}
