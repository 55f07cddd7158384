/** Several choices from a vocabulary: what is chosen, a box to look for more, and each with its definition. */

import { counted, el } from "../dom.js";
import { idOf, valueAt } from "./shape.js";

/** Lists up to this length need no box to search them. */
const SHORT = 7;

/**
 * @param {import("./fields.js").Form} form
 * @param {import("./shape.js").Shape} shape
 * @param {import("./shape.js").Path} path
 * @param {string} describedBy
 * @returns {HTMLElement}
 */
export function choiceList(form, shape, path, describedBy) {
  const id = idOf(path);
  const held = () => /** @type {string[]} */ (valueAt(form.value, path) ?? []);
  const chosen = el("ul", { class: "kb-form__chosen", role: "list", "aria-label": `Chosen: ${shape.label}` });
  const list = el("div", { class: "kb-form__choices kb-form__choices--many", id: `${id}-list` });
  const status = el("p", { class: "kb-form__count", role: "status" });
  const search = el("input", { type: "search", id, autocomplete: "off", "aria-describedby": describedBy, "aria-controls": list.id });

  const set = (/** @type {string} */ choice, /** @type {boolean} */ on) => {
    const rest = held().filter((other) => other !== choice);
    form.set(path, on ? [...rest, choice] : rest);
    renew();
  };
  const boxes = shape.choices.map((choice) => {
    const box = el("input", { type: "checkbox", value: choice.id });
    box.addEventListener("change", () => set(choice.id, box.checked));
    const row = el("label", { class: "kb-form__choice" }, box, el("span", {}, el("strong", {}, choice.title), el("span", { class: "kb-form__meaning" }, choice.meaning)));
    list.append(row);
    const words = [choice.title, choice.meaning, ...choice.alsoCalled].join("\n").toLowerCase();
    return { choice, box, row, words };
  });

  const renew = () => {
    for (const { choice, box } of boxes) box.checked = held().includes(choice.id);
    chosen.replaceChildren(...held().map((choice) => el("li", {}, removal(choice))));
    chosen.hidden = !held().length;
  };
  const removal = (/** @type {string} */ choice) => {
    const title = shape.choices.find((other) => other.id === choice)?.title ?? choice;
    const button = el("button", { type: "button" }, el("span", { class: "kb-visually-hidden" }, "Remove "), title, el("span", { "aria-hidden": "true" }, " ×"));
    button.addEventListener("click", () => {
      set(choice, false);
      (chosen.querySelector("button") ?? (boxes.length > SHORT ? search : boxes[0]?.box))?.focus();
    });
    return button;
  };
  const filter = () => {
    const wanted = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, words } of boxes) {
      row.hidden = !wanted.every((word) => words.includes(word));
      if (!row.hidden) shown++;
    }
    status.textContent = wanted.length ? (shown ? `${shown} of ${counted(boxes.length, "choice")}` : "Nothing found. Try another word.") : "";
  };
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  renew();
  if (boxes.length <= SHORT) {
    boxes[0]?.box.setAttribute("id", id);
    return el("div", {}, chosen, list);
  }
  const label = el("label", { class: "kb-form__find", for: id }, `Find among ${boxes.length}`);
  return el("div", {}, chosen, label, search, status, list);
}
