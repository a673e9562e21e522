// A worker: timers of a page that is hidden are slowed down to one a minute, and whoever is not heard of for a minute is signed out.
setInterval(() => postMessage("now"), 3000);
