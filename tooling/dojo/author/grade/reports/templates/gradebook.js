"use strict";
// The view is in the URL's hash, so that a link shows the same rows in the same order.
const FIELDS = ["learner", "kata", "state"];
const table = document.getElementById("book");
const body = table.tBodies[0];
const roster = [...body.rows];
const headers = [...table.tHead.rows[0].cells];
const control = (name) => document.getElementById(name);

function view() {
  return new URLSearchParams(location.hash.slice(1));
}

function go(changes) {
  const next = view();
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value); else next.delete(name);
  }
  history.replaceState(null, "", "#" + next);
  show();
}

function matches(row, learner, columns, state) {
  if (!row.dataset.name.toLowerCase().includes(learner.toLowerCase())) return false;
  return !state || columns.some((column) => row.cells[column].dataset.state === state);
}

// What has no mark goes last, whichever way the rest is sorted.
function compare(column, sign) {
  return (a, b) => {
    const [x, y] = [a, b].map((row) => row.cells[column].dataset.value);
    if (column === 0) return sign * x.localeCompare(y, "en");
    if (x === "" || y === "") return (x === "") - (y === "");
    return sign * (x - y);
  };
}

function order(name, direction) {
  const column = headers.findIndex((header) => header.dataset.key === name);
  const sign = direction === "descending" ? -1 : 1;
  headers.forEach((header, at) => {
    if (at === column) header.setAttribute("aria-sort", sign < 0 ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  });
  body.append(...(column < 0 ? roster : [...roster].sort(compare(column, sign))));
}

function show() {
  const wanted = view();
  for (const name of FIELDS) control(name).value = wanted.get(name) ?? "";
  const kata = control("kata").value;
  const chosen = headers.map((header) => !header.dataset.kata || !kata || header.dataset.kata === kata);
  const columns = [...headers.keys()].filter((at) => headers[at].dataset.kata && chosen[at]);
  let count = 0;
  for (const row of roster) {
    row.hidden = !matches(row, control("learner").value, columns, control("state").value);
    count += !row.hidden;
  }
  for (const row of [table.tHead.rows[0], ...roster]) {
    chosen.forEach((shown, at) => { row.cells[at].hidden = !shown; });
  }
  order(wanted.get("sort"), wanted.get("order"));
  control("count").value = `${count} of ${roster.length} learners`;
}

for (const name of FIELDS) {
  control(name).addEventListener("input", (event) => go({ [name]: event.target.value }));
}
for (const header of headers) {
  header.querySelector("button").addEventListener("click", () => {
    const first = header.dataset.key === "learner" ? "ascending" : "descending";
    const second = first === "ascending" ? "descending" : "ascending";
    const again = header.getAttribute("aria-sort") === first;
    go({ sort: header.dataset.key, order: again ? second : first });
  });
}
control("reset").addEventListener("click", () => {
  history.replaceState(null, "", "#");
  show();
});
// A link to a section of the page is no view, and leaves the view as it is.
addEventListener("hashchange", () => { if (location.hash.includes("=") || location.hash.length < 2) show(); });
document.querySelector(".controls").hidden = false;
show();
