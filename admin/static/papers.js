// A reply is copied by one key; where the browser does not let us, it is selected, so that it can be.
const COPIED = "Copied.", SELECTED = "It is selected: copy it with Ctrl and C.";

for (const reply of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button"), said = document.createElement("p");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = reply.dataset.copy;
  said.className = "govuk-body-s";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(reply);
    try {
      await navigator.clipboard.writeText(reply.textContent);
      said.textContent = COPIED;
    } catch {
      said.textContent = SELECTED;
    }
  });
  reply.after(button, said);
}
