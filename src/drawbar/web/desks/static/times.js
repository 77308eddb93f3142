// Times on the clock of the stop, on mine, or in UTC: the server writes the stop's, this the others.

const written = new WeakMap(); // how the server wrote a time
const DAY = { weekday: "short", day: "2-digit", month: "short" };
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
const clocks = new Map();

function clock(zone) {
  if (!clocks.has(zone)) {
    clocks.set(zone, new Intl.DateTimeFormat("en-US", { ...DAY, ...CLOCK, timeZone: zone }));
  }
  return clocks.get(zone);
}

export function zoneFor(stopZone) {
  const mode = document.documentElement.dataset.times;
  if (mode === "utc") return "UTC";
  return mode === "mine" ? Intl.DateTimeFormat().resolvedOptions().timeZone : stopZone;
}

// The day and the clock, and the zone that they are in: ["Tue 03 Mar 08:00", "CST"].
export function told(at, zone) {
  const part = Object.fromEntries(clock(zone).formatToParts(at).map((p) => [p.type, p.value]));
  const day = `${part.weekday} ${part.day} ${part.month} ${part.hour}:${part.minute}`;
  return [day, part.timeZoneName];
}

// A <time> as the server writes one.
export function timeOf(iso, stopZone) {
  const at = new Date(iso);
  const time = document.createElement("time");
  time.dateTime = iso;
  time.dataset.zone = stopZone;
  time.title = `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  fill(time, at, zoneFor(stopZone));
  return time;
}

function fill(time, at, zone) {
  const [clockFace, name] = told(at, zone);
  const small = document.createElement("span");
  small.className = "zone";
  small.textContent = name;
  time.replaceChildren(`${clockFace} `, small);
}

export function tellTimes(root = document) {
  for (const time of root.querySelectorAll("time[data-zone]")) {
    if (!written.has(time)) written.set(time, [...time.childNodes].map((n) => n.cloneNode(true)));
    const zone = zoneFor(time.dataset.zone);
    if (zone === time.dataset.zone) {
      time.replaceChildren(...written.get(time).map((n) => n.cloneNode(true)));
    } else fill(time, new Date(time.dateTime), zone);
  }
}

// How far away, in one figure: "in 12 min", "3 h ago". The same words as the server's.
export function distance(at, now) {
  const seconds = Math.floor(Math.abs(at - now) / 1000);
  const [size, unit] = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]].find(
    ([each]) => seconds >= each || each === 1,
  );
  const span = `${Math.floor(seconds / size)} ${unit}`;
  return at <= now ? `${span} ago` : `in ${span}`;
}

// Countdowns go by the server's clock, which may run faster than this one.
export function countDown(now) {
  for (const time of document.querySelectorAll("[data-countdown]")) {
    const at = new Date(time.dateTime);
    const words = distance(at, now);
    if (time.textContent !== words) time.textContent = words;
    const kind = at <= now ? "over" : at - now < 3600e3 ? "soon" : "later";
    time.className = `countdown ${kind}`;
  }
}

document.addEventListener("view", (event) => event.detail === "times" && tellTimes());
document.addEventListener("swapped", (event) => tellTimes(event.target));
if (document.documentElement.dataset.times !== "stop") tellTimes();
