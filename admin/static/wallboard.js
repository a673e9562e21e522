// A screen that nobody touches: asks for what has changed every five seconds, and says so where no news come.
const EVERY = 5000, STALE = 30000;
const board = document.getElementById("now"), stale = document.getElementById("stale"), asOf = document.getElementById("as-of");
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
let mark = "", heard = Date.now();

async function look() {
  try {
    const reply = await fetch(board.dataset.from, { headers: mark ? { "If-None-Match": mark } : {}, redirect: "error", signal: AbortSignal.timeout(EVERY) });
    if (reply.ok) {
      board.innerHTML = await reply.text();
      mark = reply.headers.get("ETag") ?? "";
    }
    if (reply.ok || reply.status === 304) {
      heard = Date.now();
      asOf.textContent = clock.format(heard);
    }
  } catch {
    // The next look may reach somebody; until then the screen says that it is old.
  }
  stale.hidden = Date.now() - heard < STALE;
}

setInterval(look, EVERY);
