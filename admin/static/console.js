import {
  Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll,
} from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
// What takes the focus comes last: by then the menu has folded, and nothing that was scrolled to moves any more.
for (const each of [ServiceNavigation, SkipLink, Button, Checkboxes, Radios, NotificationBanner, ErrorSummary]) createAll(each);
import("./pickers.js");
