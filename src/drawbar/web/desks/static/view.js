// How somebody likes to look at pages: theme, whose clock, how dense. Kept in the browser only.
// Runs before anything is drawn, so that nothing flashes; a page works without it.
(() => {
  const root = document.documentElement;
  const usual = { theme: "auto", times: "stop", rows: "roomy" };
  root.classList.add("scripted");

  const kept = (name) => {
    try {
      return localStorage.getItem(`drawbar.${name}`) || usual[name];
    } catch {
      return usual[name]; // a browser that keeps nothing
    }
  };
  const look = (name, value) => {
    root.dataset[name] = value;
    document.dispatchEvent(new CustomEvent("view", { detail: name }));
  };
  for (const name of Object.keys(usual)) root.dataset[name] = kept(name);

  document.addEventListener("change", (event) => {
    const group = event.target.closest("[data-view]");
    if (!group) return;
    try {
      localStorage.setItem(`drawbar.${group.dataset.view}`, event.target.value);
    } catch {
      // the choice holds for this page then
    }
    look(group.dataset.view, event.target.value);
  });
  addEventListener("storage", (event) => {
    const name = (event.key || "").replace("drawbar.", "");
    if (name in usual) look(name, kept(name)); // another tab chose
  });
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-view]")) {
      const chosen = group.querySelector(`[value="${kept(group.dataset.view)}"]`);
      if (chosen) chosen.checked = true;
    }
    for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;
  });
})();
