// The browser telephone: presses without loading the page again, digits typed anywhere, and the line heard aloud.
// Everything works without it, by forms; nothing here decides anything.

const byId = (id) => document.getElementById(id);
const play = byId("play"), trouble = byId("phone-trouble"), aloud = byId("aloud"), typing = byId("typing");
const PARTS = ["phone-screen", "phone-state", "phone-keypad", "phone-receiver", "phone-choices", "phone-why"];
const PATIENCE = 15000, ALOUD = "dutyline-phone-aloud", TYPING = "dutyline-phone-typing";
const TYPES = "input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea, [contenteditable]";

// --- Pressing: one press after the other, each with the whole call so far

let before = Promise.resolve();

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form !== play && form.id !== "settings") return;
  if (submitter?.hasAttribute("formaction")) return;  // a file to keep: the browser's own way
  event.preventDefault();
  hush();
  const pressed = submitter?.name ? [submitter.name, submitter.value] : null;
  before = before.then(() => send(form.id, pressed)).catch(stuck);
});

async function send(id, pressed) {
  const form = byId(id);
  if (!form) return;  // the key came before the reply that took its button away
  const body = new URLSearchParams(new FormData(form));
  if (pressed) body.append(...pressed);
  const reply = await fetch(form.action, { method: "POST", body, cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  if (reply.redirected) return location.assign(reply.url);
  const fresh = new DOMParser().parseFromString(await reply.text(), "text/html");
  if (!reply.ok && reply.status !== 409) return refused(form, fresh);
  show(fresh, (id === "settings" && !pressed) || !document.querySelector("#phone-settings details"));
}

function stuck() {
  trouble.textContent = "Dutyline does not answer at the moment. The call stands where it stood: press again.";
}

function refused(form, fresh) {
  const main = fresh.querySelector("main");
  if (form.id === "settings") form.submit();  // the page says what is wrong, at its field
  else if (main) document.querySelector("main").replaceWith(document.adoptNode(main));
  else stuck();
}

// --- Showing: only what changed, and the focus stays where it is

function show(fresh, isNew) {
  const held = document.activeElement, { name, value, id } = held, wasChoosing = byId("phone-choices").contains(held);
  const wrong = fresh.querySelector(".govuk-error-summary");
  trouble.textContent = wrong ? wrong.querySelector("li").textContent.trim() : "";
  for (const part of isNew ? ["phone-settings", ...PARTS] : PARTS) replaced(byId(part), fresh.getElementById(part));
  if (play.querySelector("[name=line]")) addressed();
  said(fresh.getElementById("phone-said"));
  if (!held.isConnected) refocus(wasChoosing, name, value, id);
}

function replaced(old, fresh) {
  if (old.innerHTML !== fresh.innerHTML) old.replaceWith(document.adoptNode(fresh));
}

function refocus(wasChoosing, name, value, id) {
  const same = [...document.querySelectorAll("button")].find((one) => one.name === name && one.value === value);
  const lift = byId("lift"), keypad = document.querySelector(".app-key");
  const next = wasChoosing ? byId("phone-choices") : id === "lift" && lift.value === "hangs up" ? keypad : byId(id) ?? same;
  (next ?? keypad).focus({ preventScroll: true });
}

function addressed() {  // the line stands in the address, so that it is there when the page is loaded again
  const of = (field) => play.elements[field].value;
  const shown = new URLSearchParams(of("draft") ? { draft: of("draft") } : { line: of("line"), at: of("at") });
  history.replaceState(null, "", `${location.pathname}?${shown}`);
}

function said(fresh) {
  const list = byId("phone-said"), lines = [...fresh.children], known = [...list.children];
  const goesOn = known.length <= lines.length && known.every((one, place) => one.textContent === lines[place].textContent);
  if (!goesOn) list.replaceChildren();
  const news = lines.slice(goesOn ? known.length : 0);
  list.append(...news.map((one) => document.adoptNode(one)));
  list.parentElement.scrollTop = 0;  // the newest: the box is drawn from its end
  speak(news);
}

// --- Aloud

const voices = () => speechSynthesis.getVoices();
const british = () => voices().find((one) => one.lang.replace("_", "-") === "en-GB") ?? null;
const canSpeak = "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;
const isAloud = () => canSpeak && aloud.getAttribute("aria-pressed") === "true";

function hush() {
  if (canSpeak) speechSynthesis.cancel();
}

function speak(lines) {
  if (!isAloud()) return;
  hush();
  for (const one of lines.filter((line) => line.dataset.aloud)) {
    const words = new SpeechSynthesisUtterance(one.dataset.aloud);
    Object.assign(words, { lang: "en-GB", voice: british() });
    speechSynthesis.speak(words);
  }
}

aloud.addEventListener("click", () => {
  const now = !isAloud();
  aloud.setAttribute("aria-pressed", String(now));
  keep(ALOUD, now);
  if (now) speak([...document.querySelectorAll("#phone-said [data-aloud]")].slice(-1));
  else hush();
});
addEventListener("pagehide", hush);

// --- Digits typed anywhere, but in a field

document.addEventListener("keydown", (event) => {
  if (!typing.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.target.closest?.(TYPES)) return;
  const key = [...document.querySelectorAll(".app-key")].find((one) => one.value === event.key);
  if (!key) return;
  event.preventDefault();
  key.classList.add("app-key--down");
  setTimeout(() => key.classList.remove("app-key--down"), 150);
  key.click();
});
typing.addEventListener("change", () => keep(TYPING, typing.checked));

// --- What somebody chose stays chosen in this browser

function keep(name, value) {
  try { localStorage.setItem(name, String(value)); } catch { /* a browser that keeps nothing */ }
}

function kept(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

aloud.setAttribute("aria-pressed", String(canSpeak && kept(ALOUD) === "true"));
aloud.hidden = !canSpeak;
typing.checked = kept(TYPING) !== "false";
byId("phone-tools").hidden = false;
