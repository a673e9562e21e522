// Links of their own inside the buttons (deepLinking) would be out of reach for a screen reader.
SwaggerUIBundle({
  url: document.getElementById("docs").dataset.description,
  dom_id: "#docs",
  deepLinking: false,
  validatorUrl: null,
  onComplete: () => document.querySelector(".info .title").setAttribute("aria-level", "2"), // under the page's own heading
});
