/** Groups of fields and repeating groups, with buttons to add, remove and move their entries. */

import { el } from "../dom.js";
import { field, findingPlace } from "./fields.js";
import { blank, idOf, valueAt } from "./shape.js";

/**
 * @typedef {import("./fields.js").Form} Form
 * @typedef {import("./shape.js").Shape} Shape
 * @typedef {import("./shape.js").Path} Path
 */

/** Lists up to this length show their entries open. */
const AT_ONCE = 2;

/**
 * Whatever stands at a path: a field, a group or a list.
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @returns {HTMLElement}
 */
export function anything(form, shape, path) {
  if (shape.kind === "list") return list(form, shape, path);
  if (shape.kind === "group") return shape.required ? group(form, shape, path) : maybe(form, shape, path);
  return field(form, shape, path);
}

/**
 * The fields of a group; those that are rarely filled in open on demand.
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 */
function fields(form, shape, path) {
  const shown = shape.fields.filter((each) => each.kind !== "constant" && !(shape.model === "Source" && each.name === "id"));
  const first = shown.filter((each) => each.required || each.front);
  const rest = shown.filter((each) => !first.includes(each));
  const nodes = first.map((each) => anything(form, each, [...path, each.name]));
  if (!rest.length) return nodes;
  const filled = rest.some((each) => valueAt(form.value, [...path, each.name]) !== undefined);
  return [
    ...nodes,
    el(
      "details",
      { class: "kb-form__more", open: filled },
      el("summary", {}, `More: ${rest.map((each) => each.label.toLowerCase()).join(", ")}`),
      ...rest.map((each) => anything(form, each, [...path, each.name])),
    ),
  ];
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 */
function group(form, shape, path) {
  return el(
    "fieldset",
    { class: "kb-form__group", "data-path": JSON.stringify(path) },
    el("legend", {}, shape.label),
    findingPlace(path),
    ...fields(form, shape, path),
  );
}

/**
 * A group that a record may do without.
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 */
function maybe(form, shape, path) {
  const box = el("fieldset", { class: "kb-form__group", "data-path": JSON.stringify(path) });
  const draw = () => {
    const there = valueAt(form.value, path);
    const button = el("button", { type: "button", class: "kb-form__small" }, there ? `Remove ${shape.label.toLowerCase()}` : `Add ${shape.label.toLowerCase()}`);
    button.addEventListener("click", () => {
      form.set(path, there ? undefined : blank({ ...shape, required: true }));
      form.restructured(path);
      draw();
      (there ? box.querySelector("button") : firstControl(box))?.focus();
    });
    box.replaceChildren(
      el("legend", {}, shape.label, el("span", { class: "kb-form__need" }, " (optional)")),
      ...(shape.help ? [el("p", { class: "kb-form__help" }, shape.help)] : []),
      findingPlace(path),
      ...(there ? fields(form, shape, path) : []),
      button,
    );
  };
  draw();
  return box;
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 */
function list(form, shape, path) {
  const item = /** @type {Shape} */ (shape.item);
  const box = el("fieldset", { class: "kb-form__list", "data-path": JSON.stringify(path), "data-list": shape.name });
  const entries = () => /** @type {any[]} */ (valueAt(form.value, path) ?? []);
  const status = el("p", { class: "kb-visually-hidden", role: "status" });
  const body = el("div", {});
  /** @type {WeakSet<object>} entries that somebody opened, wherever they are moved */
  const opened = new WeakSet();

  /**
   * Change the list and draw it anew; the focus goes to `then`.
   * @param {any[]} changed
   * @param {string} said
   * @param {() => HTMLElement | null | undefined} then
   */
  const change = (changed, said, then) => {
    form.set(path, changed.length || shape.required ? changed : undefined);
    form.restructured(path);
    draw();
    status.textContent = said;
    then()?.focus();
  };
  const cards = () => /** @type {HTMLElement[]} */ ([...body.children]);
  const add = el("button", { type: "button", class: "kb-form__small", id: idOf(path) }, `Add ${article(item.label)} ${item.label.toLowerCase()}`);
  add.addEventListener("click", () => {
    const number = entries().length + 1;
    change([...entries(), newEntry(form, item)], `${item.label} ${number} was added`, () => firstControl(cards().at(-1)));
  });
  const remove = (/** @type {number} */ number, /** @type {string} */ name) => {
    const rest = entries().filter((_, at) => at !== number);
    change(rest, `${name} was removed`, () => cards()[Math.min(number, rest.length - 1)]?.querySelector("button") ?? add);
  };
  form.lists.set(path.join("/"), { add: () => add.click(), remove: (number) => remove(number, item.label) });

  const draw = () => {
    body.replaceChildren(...entries().map((_, number) => entry(number)));
  };
  const entry = (/** @type {number} */ number) => {
    const all = entries();
    const name = item.model === "Source" ? `Source ${all[number].id}` : `${item.label} ${number + 1}`;
    const move = (/** @type {number} */ by) => () => {
      const moved = [...all];
      moved.splice(number + by, 0, ...moved.splice(number, 1));
      const direction = by < 0 ? "up" : "down";
      change(moved, `${name} moved ${direction}`, () => {
        const card = cards()[number + by];
        return card.querySelector(`[data-move="${direction}"]:not([disabled])`) ?? card.querySelector("[data-move]:not([disabled])");
      });
    };
    const button = (/** @type {string} */ words, /** @type {Record<string, string | boolean | undefined>} */ more, /** @type {() => void} */ act) => {
      const made = el("button", { type: "button", class: "kb-form__small", "aria-label": `${words} ${name}`, ...more }, words);
      made.addEventListener("click", act);
      return made;
    };
    const tools = el(
      "div",
      { class: "kb-form__tools" },
      button("Move up", { "data-move": "up", disabled: number === 0 }, move(-1)),
      button("Move down", { "data-move": "down", disabled: number === all.length - 1 }, move(1)),
      button("Remove", {}, () => remove(number, name)),
    );
    const here = [...path, number];
    if (item.kind !== "group") return el("div", { class: "kb-form__entry" }, field(form, { ...item, label: name }, here), tools);
    const gist = gistOf(item, all[number]);
    const closable = el(
      "details",
      { class: "kb-form__entry", "data-path": JSON.stringify(here), open: all.length <= AT_ONCE || !gist || opened.has(all[number]) },
      el("summary", {}, name, ...(gist ? [el("span", { class: "kb-form__gist" }, gist)] : [])),
      el("div", { role: "group", "aria-label": name, class: "kb-form__inside" }, findingPlace(here), ...fields(form, item, here), tools),
    );
    closable.addEventListener("toggle", () => {
      if (closable.open) opened.add(all[number]);
      else opened.delete(all[number]);
    });
    return closable;
  };
  draw();
  box.append(
    el("legend", {}, shape.label, el("span", { class: "kb-form__need" }, shape.fewest ? " (required)" : " (optional)")),
    ...(shape.help ? [el("p", { class: "kb-form__help" }, shape.help.replaceAll("`", ""))] : []),
    findingPlace(path),
    body,
    add,
    status,
  );
  return box;
}

/**
 * What an entry is about, in a few words; empty for one that holds nothing yet.
 * @param {Shape} item
 * @param {any} value
 */
function gistOf(item, value) {
  const shown = item.fields.filter((each) => each.kind !== "url" && !(item.model === "Source" && each.name === "id"));
  const parts = shown.flatMap((each, number) => {
    const held = value?.[each.name];
    // A choice says what an entry is about where it comes first: the metric of an outcome, not its unit.
    if (typeof held !== "string" || !held || (number > 0 && each.kind === "choice")) return [];
    return [each.choices.find((choice) => choice.id === held)?.title ?? held];
  });
  const words = parts.slice(0, 2).join(", ");
  return words.length > 90 ? `${words.slice(0, 89)}…` : words;
}

/** @param {string} word */
function article(word) {
  return /^[aeiou]/i.test(word) ? "an" : "a";
}

/**
 * A new entry; a source takes the next number that none has.
 * @param {Form} form
 * @param {Shape} item
 */
function newEntry(form, item) {
  if (item.kind !== "group") return "";
  const fresh = blank(item);
  if (item.model === "Source") {
    const numbers = (form.value.sources ?? []).map((/** @type {any} */ source) => Number(/^s(\d+)$/.exec(source?.id)?.[1] ?? 0));
    return { id: `s${Math.max(0, ...numbers) + 1}`, ...fresh };
  }
  return fresh;
}

/**
 * @param {HTMLElement | undefined} box
 * @returns {HTMLElement | null}
 */
export function firstControl(box) {
  return box?.querySelector("input:not([readonly]), textarea, select") ?? null;
}
