// What every page can do once scripts run. Each part does nothing where it finds nothing to do.
import "./times.js";
import "./keys.js";
import "./live.js";

// A menu closes when somebody goes elsewhere.
addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
