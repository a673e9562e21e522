// The desk's page: asks for what changed, does what is pressed, saves what is typed, and says aloud who calls.
// Everything works without it, too, by forms and a link; nothing here decides anything.

const desk = document.getElementById("desk");
const byId = (id) => document.getElementById(id);
const PATIENCE = 10000, TYPING = 700, AGAIN = 2000, SAVED_SOON = 150;
const BASE = document.title;

// --- Asking

let mark = "", isLooking = false, failures = 0, isOut = false;

async function ask(address, given = {}) {
  const headers = { "X-Desk": "1", ...given.headers };
  const limits = given.keepalive ? {} : { signal: AbortSignal.timeout(PATIENCE) };
  const reply = await fetch(address, { cache: "no-store", ...limits, ...given, headers });
  if (reply.redirected) throw signedOut();
  return reply;
}

function signedOut() {
  isOut = true;
  byId("trouble").innerHTML = 'You are signed out. What you typed is still here: <a class="govuk-link" target="_blank" rel="noopener">sign in in another window</a>, then go on.';
  byId("trouble").querySelector("a").href = desk.dataset.front;
  return new Error("signed out");
}

function answered() {
  failures = 0;
  if (isOut) renew();
  isOut = false;
  say("trouble", "");
}

function unanswered() {
  failures += 1;
  if (failures > 2 && !isOut) say("trouble", "Dutyline does not answer at the moment. This page goes on trying.");
}

async function renew() {
  const page = parsed(await (await ask(desk.dataset.front)).text());
  const token = page.querySelector("[name=csrf_token]").value;
  for (const one of document.querySelectorAll("[name=csrf_token]")) one.value = token;
}

const parsed = (html) => new DOMParser().parseFromString(html, "text/html");
const shownCall = () => byId("panel-call").dataset.call ?? "";

async function look() {
  if (isLooking) return;
  isLooking = true;
  try {
    const kept = byId("act").elements.call.value;
    const reply = await ask(`${desk.dataset.now}?call=${encodeURIComponent(kept)}`, { headers: { "If-None-Match": mark } });
    if (reply.status === 200) show(await reply.text(), reply.headers.get("ETag"));
    else if (reply.status !== 304) throw new Error(reply.statusText);
    answered();
  } catch {
    unanswered();
  } finally {
    isLooking = false;
    if (byId("panel-call").dataset.loud) sound();
  }
}

// --- Showing: only what changed is touched, the focus stays, and nothing that is being typed is replaced

function show(html, tag) {
  let isWhole = true;
  for (const fresh of parsed(html).querySelectorAll("[data-panel]")) {
    const old = byId(fresh.id);
    if (old.dataset.mark === fresh.dataset.mark) continue;
    if (isBeingTyped(old)) isWhole = false;
    else still(() => replaced(old, document.adoptNode(fresh)));
  }
  mark = isWhole ? tag ?? "" : "";
  follow();
}

function still(change) {  // what somebody types into stays where it is in the window, whatever grows above it
  const field = document.activeElement, before = field.getBoundingClientRect().top;
  change();
  if (field.isConnected && field !== document.body) scrollBy(0, field.getBoundingClientRect().top - before);
}

function isBeingTyped(part) {
  const fields = [...part.querySelectorAll("input:not([type=hidden]), textarea")];
  return fields.some((one) => one === document.activeElement || one.value !== one.defaultValue);
}

function replaced(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : null;
  for (const one of old.querySelectorAll("details[open][id]")) fresh.querySelector(`#${one.id}`)?.setAttribute("open", "");
  old.replaceWith(fresh);
  if (focused !== null) (byId(focused) ?? fresh.querySelector("h2")).focus({ preventScroll: true });
  announce(old, fresh);
}

function follow() {
  const panel = byId("panel-call"), call = shownCall(), titles = [...document.querySelectorAll("[data-title]")];
  document.title = titles.length ? `${titles[0].dataset.title} – ${BASE}` : BASE;
  for (const one of document.querySelectorAll("input[name=call]")) one.value = call || one.value;
  if (call) history.replaceState(null, "", `${desk.dataset.front}?call=${encodeURIComponent(call)}`);
  if (desk.dataset.passes !== (panel.dataset.pass ?? "") && byId("q").value) find();
  desk.dataset.passes = panel.dataset.pass ?? "";
  if (panel.dataset.own && call !== byId("record").dataset.call) openRecord(call);
}

// --- Saying aloud

function say(id, words) {
  if (byId(id).textContent !== words) byId(id).textContent = words;
}

function announce(old, fresh) {
  const known = new Set((old.dataset.news ?? "").split(" "));
  const isNew = (fresh.dataset.news ?? "").split(" ").some((one) => one && !known.has(one));
  if (!isNew || !fresh.dataset.say) return;
  say(fresh.dataset.loud ? "loud" : "soft", fresh.dataset.say);
  if (fresh.id !== "panel-call") sound();
}

const tone = new Audio("/desk/tone.wav");
const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a private window keeps nothing */ } };

function sound() {
  if (byId("sound").getAttribute("aria-pressed") !== "true") return;
  desk.dataset.sounded = String(Number(desk.dataset.sounded ?? 0) + 1);
  tone.play().then(() => say("trouble", ""), () => say("trouble", "Press any key, or click once: until then your browser lets this page make no sound."));
}

// --- Doing what is pressed

let isActing = false;

document.addEventListener("submit", (event) => {
  const form = event.target;
  const act = form.matches("[data-act]") ? press : form.matches("[data-record]") ? saveAll : form.matches("[data-name]") ? name : form.id === "search" ? find : null;
  if (!act) return;
  event.preventDefault();
  act(form, event.submitter);
});

async function press(form, button) {
  if (isActing) return;
  isActing = true;
  try {
    const address = button?.getAttribute("formaction") ?? form.getAttribute("action");
    const body = new URLSearchParams(new FormData(form, button));
    const reply = await ask(address, { method: "POST", body });
    const text = await reply.text();
    if (!reply.ok) return tell(text);
    tell("");
    done(form, button);
    show(text, reply.headers.get("ETag"));
    if (!document.activeElement || document.activeElement === document.body) byId("call-heading").focus({ preventScroll: true });
  } catch {
    if (!isOut) say("trouble", "Dutyline does not answer; perhaps nothing was done. Try again.");
  } finally {
    isActing = false;
    look();
  }
}

function tell(html) {
  byId("told").replaceChildren(...parsed(html).body.childNodes);
  const summary = byId("told").querySelector(".govuk-error-summary");
  if (!summary) return;
  summary.tabIndex = -1;
  summary.focus();
}

byId("told").addEventListener("click", (event) => {
  const target = byId(event.target.closest("a")?.hash.slice(1) ?? "");
  if (!target) return;
  event.preventDefault();
  const folded = target.closest("details");
  if (folded) folded.open = true;
  target.focus();
});

function done(form, button) {
  const folded = form.closest("details");
  if (folded) {
    folded.open = false;
    folded.querySelector("summary").focus();
  }
  if (button && byId("found").contains(button)) {
    byId("q").value = "";
    byId("found").replaceChildren();
  }
}

// --- Searching

let searching = null;

async function find() {
  const address = `${byId("search").dataset.search}?q=${encodeURIComponent(byId("q").value)}`;
  try {
    const found = parsed(await (await ask(address)).text()).getElementById("found");
    const focused = byId("found").contains(document.activeElement) ? document.activeElement.id : null;
    byId("found").replaceWith(document.adoptNode(found));
    if (focused !== null) (byId(focused) ?? byId("q")).focus({ preventScroll: true });
  } catch {
    unanswered();
  }
}

byId("q").addEventListener("input", () => {
  clearTimeout(searching);
  searching = setTimeout(find, 250);
});

// --- The record: saved as it is typed; one save at a time, and a late one loses by its number

const PAGE = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
let sequence = 0, saving = null, last = Promise.resolve();
const dirty = new Set(), refused = new Set();
const form = () => byId("record-form");

document.addEventListener("focusin", (event) => {
  if (event.target.closest("#record-form [data-field]")) event.target.scrollIntoView({ block: "nearest" });
});
document.addEventListener("input", (event) => typed(event, TYPING));
document.addEventListener("change", (event) => typed(event, SAVED_SOON));

function typed(event, wait) {
  const field = event.target.closest("#record-form [data-field]");
  if (!field) return;
  dirty.add(field.dataset.field);
  refused.delete(field.dataset.field);
  if ("people" in field.dataset) grow(field);
  say("saved", "Not saved yet.");
  soon(wait);
}

function soon(wait) {
  clearTimeout(saving);
  saving = setTimeout(save, wait);
}

function grow(field) {
  const rows = field.querySelectorAll(".app-person"), last = rows[rows.length - 1];
  if (rows.length > 39 || ![...last.querySelectorAll("input")].some((one) => one.value)) return;
  const next = last.cloneNode(true), at = rows.length;
  for (const one of next.querySelectorAll("input")) {
    const [code, part] = [field.dataset.field, one.name.split(".")[3]];
    const label = next.querySelector(`label[for="${one.id}"]`);
    one.id = label.htmlFor = `f-${code}-${at}-${part}`;
    one.name = `f.${code}.${at}.${part}`;
    one.value = "";
    label.textContent = label.textContent.replace(/\d+$/, at + 1);
  }
  field.append(next);
}

function save(isAsked = false) {
  last = last.then(() => saveOnce({ isAsked, isLast: false }));
  return last;
}

async function saveOnce({ isAsked, isLast }) {
  const codes = [...dirty].filter((one) => !refused.has(one));
  if (!codes.length || !form()) return;
  codes.forEach((one) => dirty.delete(one));
  try {
    const reply = await ask(form().action, { method: "POST", body: sent(codes), keepalive: isLast });
    await saved(reply, codes, isAsked);
    answered();
  } catch {
    codes.forEach((one) => dirty.add(one));
    unanswered();
    say("saved", "Not saved yet; this page goes on trying.");
    soon(AGAIN);
  }
  if ([...dirty].some((one) => !refused.has(one))) soon(TYPING);
}

function sent(codes) {
  sequence += 1;
  const body = new URLSearchParams({ csrf_token: form().elements.csrf_token.value, page: PAGE, sequence });
  for (const code of codes)
    for (const one of form().querySelectorAll(`[data-field="${code}"] [name]`)) body.append(one.name, one.value);
  return body;
}

async function saved(reply, codes, isAsked) {
  const text = parsed(await reply.text());
  if (reply.status === 400) await renew();
  if (reply.status === 422) return wrong(text, codes, isAsked);
  if (reply.status === 403) return tell(text.body.innerHTML);
  if (!reply.ok) throw new Error(reply.statusText);
  const kept = text.getElementById("kept");
  if (isAsked) tell("");
  if (!dirty.size) say("saved", `Saved at ${kept.dataset.saved}.`);
  still(() => {
    if (byId("prompts").innerHTML.trim() !== kept.innerHTML.trim()) byId("prompts").innerHTML = kept.innerHTML;
    for (const code of codes) unmark(code);
  });
}

function wrong(text, codes, isAsked) {
  const faults = [...text.querySelectorAll(".govuk-error-summary a")];
  codes.forEach((one) => { dirty.add(one); unmark(one); });
  for (const fault of faults) {
    const field = byId(fault.hash.slice(1)), group = field?.closest("[data-field]");
    if (!group) continue;
    refused.add(group.dataset.field);
    field.insertAdjacentHTML("beforebegin", `<p class="govuk-error-message" id="${field.id}-error"></p>`);
    byId(`${field.id}-error`).textContent = fault.textContent;
    field.setAttribute("aria-describedby", `${field.id}-error`);
  }
  if (!codes.some((one) => refused.has(one))) codes.forEach((one) => refused.add(one));
  if (isAsked) tell(text.body.innerHTML);
  say("saved", "Not all of it is saved: mend what is marked.");
}

function unmark(code) {
  for (const one of document.querySelectorAll(`#record-form [data-field="${code}"] .govuk-error-message`)) {
    byId(one.id.replace(/-error$/, ""))?.removeAttribute("aria-describedby");
    one.remove();
  }
}

async function saveAll() {
  refused.clear();
  for (const one of form().querySelectorAll("[data-field]")) dirty.add(one.dataset.field);
  await save(true);
}

async function openRecord(call) {
  const old = byId("record");
  const isBusy = old.dataset.call && (old.contains(document.activeElement) || dirty.size);
  if (isBusy) {
    await save();
    if (!byId("other")) old.querySelector("h2").insertAdjacentHTML("afterend", '<p class="govuk-inset-text" id="other"><button type="button" class="govuk-button govuk-!-margin-bottom-0">Open the record of your new call</button></p>');
    byId("other").querySelector("button").onclick = () => fetchRecord(call, true);
  } else await fetchRecord(call, false);
}

async function fetchRecord(call, isWanted) {
  if (dirty.size) await save();
  try {
    const reply = await ask(desk.dataset.record.replace("/calls//", `/calls/${encodeURIComponent(call)}/`));
    put(await reply.text());
    if (isWanted) byId("record-heading").focus();
  } catch {
    unanswered();
    mark = "";
  }
}

function put(html) {
  dirty.clear();
  refused.clear();
  byId("record").replaceWith(document.adoptNode(parsed(html).getElementById("record")));
}

async function name(asked) {
  if (dirty.size) await save();
  try {
    const reply = await ask(asked.action, { method: "POST", body: new URLSearchParams(new FormData(asked)) });
    const text = await reply.text();
    if (!reply.ok) return tell(text);
    tell("");
    put(text);
    byId("record-heading").focus();
  } catch {
    unanswered();
  }
}

const saveAtLast = () => saveOnce({ isAsked: false, isLast: true });
addEventListener("pagehide", saveAtLast);
document.addEventListener("visibilitychange", () => { if (document.hidden) saveAtLast(); });

// --- Keys: each with Alt and Shift, so that no letter alone does anything; they can be switched off

byId("use-keys").checked = kept("desk-keys") !== "off";
byId("use-keys").addEventListener("change", () => keep("desk-keys", byId("use-keys").checked ? "on" : "off"));
document.addEventListener("keydown", (event) => {
  if (!event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey || !byId("use-keys").checked) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.code.replace(/^Key/, ""))}"]`);
  if (!found) return;
  event.preventDefault();
  found.matches("button") ? found.click() : found.focus();
});

byId("sound").hidden = false;
byId("sound").setAttribute("aria-pressed", kept("desk-sound") === "off" ? "false" : "true");
byId("sound").addEventListener("click", () => {
  const isOn = byId("sound").getAttribute("aria-pressed") !== "true";
  byId("sound").setAttribute("aria-pressed", String(isOn));
  keep("desk-sound", isOn ? "on" : "off");
  if (isOn) sound();
});

document.body.classList.add("js-enabled");
new Worker(desk.dataset.pulse).onmessage = look;
follow();
look();
