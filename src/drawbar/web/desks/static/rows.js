// The rows that j, k, x and Enter are about: a plain table's, until a grid takes their place.

const plain = {
  move(step) {
    const all = [...document.querySelectorAll("main tbody tr")].filter((row) => row.querySelector("a"));
    if (!all.length) return;
    const at = all.findIndex((row) => row.classList.contains("at"));
    const next = Math.min(all.length - 1, Math.max(0, at + (at < 0 ? 1 : step)));
    all[at]?.classList.remove("at");
    all[next].classList.add("at");
    all[next].querySelector("a").focus();
  },
  open() {
    document.querySelector("tr.at a")?.click();
  },
  choose() {},
};
let current = plain;

export const rows = () => current;
export function useRows(others) {
  current = others;
}
