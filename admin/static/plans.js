// A browser leaves a box where it is that is seen in part; whoever comes to it by keyboard wants to see the whole of it.
for (const drawing of document.querySelectorAll(".app-drawing")) {
  drawing.addEventListener("focusin", ({ target }) => {
    if (target.matches(":focus-visible")) target.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
}
