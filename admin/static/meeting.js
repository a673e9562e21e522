// A meeting that goes on renews its seats: the focus stays where it is, and what has changed is said aloud.
const EVERY = 4000, PATIENCE = 10000, OFTEN = 3;
const AWAY = "Dutyline does not answer at the moment. This page goes on trying.";
const OUT = "You are signed out. Load this page again to sign in.";

const byId = (id) => document.getElementById(id);
let mark = "", isLooking = false, failures = 0;

async function look() {
  if (isLooking || !("renews" in byId("now").dataset)) return;
  isLooking = true;
  try {
    const headers = { "X-Desk": "1", "If-None-Match": mark };
    const reply = await fetch(byId("meeting").dataset.address, { cache: "no-store", headers, signal: AbortSignal.timeout(PATIENCE) });
    if (reply.redirected) return say("trouble", OUT);
    if (reply.status === 200) show(await reply.text(), reply.headers.get("ETag"));
    else if (reply.status !== 304) throw new Error(reply.statusText);
    failures = 0;
    say("trouble", "");
  } catch {
    failures += 1;
    if (failures >= OFTEN) say("trouble", AWAY);
  } finally {
    isLooking = false;
  }
}

function show(html, tag) {
  const old = byId("now"), fresh = document.adoptNode(new DOMParser().parseFromString(html, "text/html").getElementById("now"));
  mark = tag ?? "";
  if (old.isEqualNode(fresh)) return;
  const words = [...fresh.querySelectorAll("[data-told]")].filter((one) => byId(one.id)?.dataset.told !== one.dataset.told);
  still(() => replaced(old, fresh));
  if (!byId("invite").contains(document.activeElement)) byId("invite").hidden = !("invites" in fresh.dataset);
  say("soft", words.map((one) => one.dataset.told).join(". "));
}

function replaced(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : null;
  old.replaceWith(fresh);
  if (focused !== null) (byId(focused) ?? byId("seats")).focus({ preventScroll: true });
}

function still(change) {  // what somebody types into stays where it is in the window, whatever grows above it
  const field = document.activeElement, before = field.getBoundingClientRect().top;
  change();
  if (field.isConnected && field !== document.body) scrollBy(0, field.getBoundingClientRect().top - before);
}

function say(id, words) {
  if (byId(id).textContent !== words) byId(id).textContent = words;
}

setInterval(look, EVERY);
