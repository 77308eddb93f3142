"use strict";
(() => {
  const bills = [...document.querySelectorAll("details[data-reason]")];
  const form = document.querySelector("form");
  const shown = document.getElementById("shown");
  const filter = () => {
    const said = Object.fromEntries(new FormData(form));
    const text = said.text.trim().toLowerCase();
    let count = 0;
    for (const bill of bills) {
      const fits = ["reason", "carrier", "decision"].every(
        (name) => !said[name] || bill.dataset[name].split(" ").includes(said[name]));
      bill.hidden = !fits || (text && !bill.dataset.text.includes(text));
      count += !bill.hidden;
    }
    shown.textContent = `${count} of ${bills.length} bills`;
  };
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = bills.filter((bill) => !bill.open && !bill.hidden && bill.dataset.decision !== "approved");
    for (const bill of closed) bill.open = true;
  });
  addEventListener("afterprint", () => { for (const bill of closed) bill.open = false; });
  filter();
})();
