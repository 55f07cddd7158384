/** One field of the form: its label, help, control and finding, tied together for screen readers. */

import { el } from "../dom.js";
import { choiceList } from "./choice-list.js";
import { idOf, valueAt } from "./shape.js";

/**
 * What a field needs of the form that it stands in.
 * @typedef {object} Form
 * @property {any} value the whole record
 * @property {import("./shape.js").Shape} shape
 * @property {any} data what form.json holds
 * @property {string} opened the id of the record that is edited; empty for a new one
 * @property {(path: Path, value: any) => void} set undefined takes the field out
 * @property {(path: Path) => void} restructured entries of a list were added, removed or moved
 * @property {(text: string) => string} clean
 * @property {(added: (id: string) => void) => void} addSource
 * @property {Map<string, {add: () => void, remove: (number: number) => void}>} lists by the path
 *
 * @typedef {import("./shape.js").Shape} Shape
 * @typedef {import("./shape.js").Path} Path
 */

/** Choices up to this number are shown at once; more go into a list to open. */
const AT_ONCE = 6;

/**
 * The field with its control.
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @returns {HTMLElement}
 */
export function field(form, shape, path) {
  const value = valueAt(form.value, path);
  switch (shape.kind) {
    case "choices":
      return grouped(shape, path, choiceList(form, shape, path, described(shape, path)));
    case "pair":
      return grouped(shape, path, pair(form, shape, path, value));
    case "boolean":
      return labelled(shape, path, yesNo(form, shape, path, value));
    case "choice": {
      const inList = path.some((step) => typeof step === "number");
      return shape.required && !inList && shape.choices.length <= AT_ONCE
        ? grouped(shape, path, radios(form, shape, path, value))
        : labelled(shape, path, ...menu(form, shape, path, value));
    }
    case "source":
      return labelled(shape, path, ...sourceMenu(form, shape, path, value));
    case "record":
      return labelled(shape, path, ...recordInput(form, shape, path, value));
    case "prose":
      return labelled(shape, path, area(form, shape, path, value), cites(form, path));
    default:
      return labelled(shape, path, shape.long ? area(form, shape, path, value) : input(form, shape, path, value));
  }
}

/**
 * @param {Shape} shape
 * @param {Path} path
 */
function described(shape, path) {
  return [shape.help ? `${idOf(path)}-help` : "", `${idOf(path)}-finding`].filter(Boolean).join(" ");
}

/** @param {Shape} shape */
function need(shape) {
  // A field that may be empty is not one that must be filled in, whatever the file holds then.
  const asked = shape.required && !shape.nullable && !(shape.kind === "choices" && !shape.fewest);
  return el("span", { class: "kb-form__need" }, asked ? " (required)" : " (optional)");
}

/**
 * @param {Shape} shape
 * @param {Path} path
 */
function help(shape, path) {
  return shape.help ? [el("p", { class: "kb-form__help", id: `${idOf(path)}-help` }, shape.help.replaceAll("`", ""))] : [];
}

/**
 * The place of a field's finding.
 * @param {Path} path
 */
export function findingPlace(path) {
  return el("p", { class: "kb-form__finding", id: `${idOf(path)}-finding`, hidden: true });
}

/**
 * @param {Shape} shape
 * @param {Path} path
 * @param {...HTMLElement} control the first is the one that is labelled
 */
function labelled(shape, path, ...control) {
  return el(
    "div",
    { class: `kb-form__field kb-form__field--${shape.kind}`, "data-path": JSON.stringify(path) },
    el("label", { for: idOf(path) }, shape.label, need(shape)),
    ...help(shape, path),
    ...control,
    findingPlace(path),
  );
}

/**
 * @param {Shape} shape
 * @param {Path} path
 * @param {HTMLElement} control
 */
function grouped(shape, path, control) {
  return el(
    "fieldset",
    { class: `kb-form__field kb-form__field--${shape.kind}`, "data-path": JSON.stringify(path), "aria-describedby": described(shape, path) },
    el("legend", {}, shape.label, need(shape)),
    ...help(shape, path),
    control,
    findingPlace(path),
  );
}

/**
 * A text as the record holds it: a number where one is wanted and can be read.
 * @param {Shape} shape
 * @param {string} text
 * @returns {any} undefined for nothing
 */
function valueOf(shape, text) {
  const trimmed = text.trim();
  if (!trimmed) return shape.required && shape.nullable ? null : undefined;
  if (shape.kind !== "number" && shape.kind !== "integer") return trimmed;
  const digits = trimmed.replace(/^\$\s*|\s*%$/g, "").replace(/,(?=\d{3}(?!\d))/g, "").replace(/^−/, "-");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : trimmed;
}

/** @param {any} value */
function textOf(value) {
  return value === undefined || value === null ? "" : String(value);
}

const HINTS = { number: "decimal", integer: "numeric", url: "url" };

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function input(form, shape, path, value) {
  const fixed = path.length === 1 && shape.name === "id" && form.opened !== "";
  const control = el("input", {
    id: idOf(path),
    type: shape.kind === "date" ? "date" : shape.kind === "url" ? "url" : "text",
    inputmode: HINTS[/** @type {"url"} */ (shape.kind)],
    autocomplete: "off",
    spellcheck: shape.kind === "text" && shape.name !== "id" ? "true" : "false",
    readonly: fixed,
    dir: "auto",
    "aria-describedby": described(shape, path),
  });
  control.value = textOf(value);
  control.addEventListener("input", () => form.set(path, valueOf(shape, form.clean(control.value))));
  return control;
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function area(form, shape, path, value) {
  const control = el("textarea", {
    id: idOf(path),
    rows: shape.kind === "prose" ? "5" : "3",
    spellcheck: "true",
    dir: "auto",
    "aria-describedby": described(shape, path),
  });
  control.value = textOf(value);
  tame(control);
  control.addEventListener("input", () => {
    tame(control);
    form.set(path, valueOf({ ...shape, kind: "text" }, form.clean(control.value)));
  });
  return control;
}

/**
 * A pasted megabyte must not stop the page: finding the direction of a text and the height that fits it takes the
 * browser the square of its length.
 * @param {HTMLTextAreaElement} control
 */
function tame(control) {
  const long = control.value.length > 20_000;
  control.dir = long ? "ltr" : "auto";
  control.style.setProperty("field-sizing", long ? "fixed" : "");
}

/**
 * Buttons that write a citation where the cursor is. Their list is renewed when the sources change.
 * @param {Form} form
 * @param {Path} path
 */
function cites(form, path) {
  const list = el("div", { class: "kb-form__cites", role: "group", "aria-label": "Cite a source" });
  const insert = (/** @type {string} */ id) => {
    const control = /** @type {HTMLTextAreaElement} */ (document.getElementById(idOf(path)));
    const { value, selectionStart, selectionEnd } = control;
    const lead = selectionStart && !/\s/.test(value[selectionStart - 1]) ? " " : "";
    control.focus();
    control.setRangeText(`${lead}[${id}]`, selectionStart, selectionEnd, "end");
    control.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const renew = () => {
    const buttons = (form.value.sources ?? []).map((/** @type {any} */ source) => {
      const button = el("button", { type: "button", title: source.title ?? "" }, `[${source.id}]`);
      button.addEventListener("click", () => insert(source.id));
      return button;
    });
    const add = el("button", { type: "button" }, "Add a source");
    add.addEventListener("click", () => form.addSource(insert));
    list.replaceChildren(el("span", {}, "Cite: "), ...buttons, add);
  };
  list.addEventListener("kb-sources", renew);
  list.setAttribute("data-sources", "");
  renew();
  return list;
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function radios(form, shape, path, value) {
  const set = el("div", { class: "kb-form__choices" });
  for (const choice of shape.choices) {
    const control = el("input", { type: "radio", name: idOf(path), value: choice.id, id: `${idOf(path)}-${choice.id}` });
    control.checked = choice.id === value;
    control.addEventListener("change", () => form.set(path, choice.id));
    set.append(el("label", { class: "kb-form__choice" }, control, el("span", {}, el("strong", {}, choice.title), el("span", { class: "kb-form__meaning" }, choice.meaning))));
  }
  return set;
}

/**
 * @param {string} id
 * @param {string} describedBy
 * @param {[string, string][]} options
 * @param {string} chosen
 */
function select(id, describedBy, options, chosen) {
  const control = el("select", { id, "aria-describedby": describedBy });
  // What a draft or a record holds is shown even where it is none of the choices.
  const all = chosen && !options.some(([value]) => value === chosen) ? [...options, /** @type {[string, string]} */ ([chosen, chosen])] : options;
  for (const [value, title] of all) control.append(el("option", { value }, title));
  control.value = chosen;
  return control;
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function menu(form, shape, path, value) {
  const empty = /** @type {[string, string]} */ (["", shape.required ? "Choose" : "None"]);
  const options = [empty, ...shape.choices.map((choice) => /** @type {[string, string]} */ ([choice.id, choice.title]))];
  const meaning = el("p", { class: "kb-form__meaning", id: `${idOf(path)}-meaning` });
  const control = select(idOf(path), `${described(shape, path)} ${idOf(path)}-meaning`, options, textOf(value));
  const tell = () => {
    meaning.textContent = shape.choices.find((choice) => choice.id === control.value)?.meaning ?? "";
  };
  control.addEventListener("change", () => {
    form.set(path, control.value || undefined);
    tell();
  });
  tell();
  return [control, meaning];
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function yesNo(form, shape, path, value) {
  const options = /** @type {[string, string][]} */ ([["", "The source does not say"], ["true", "Yes"], ["false", "No"]]);
  const control = select(idOf(path), described(shape, path), options, textOf(value));
  control.addEventListener("change", () => form.set(path, control.value ? control.value === "true" : undefined));
  return control;
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function sourceMenu(form, shape, path, value) {
  const control = select(idOf(path), described(shape, path), [], "");
  const renew = () => {
    const options = (form.value.sources ?? []).map((/** @type {any} */ source) => [source.id, `${source.id}: ${source.title ?? ""}`]);
    const chosen = textOf(valueAt(form.value, path));
    const fresh = select("", "", [["", "Choose"], ...options], chosen);
    control.replaceChildren(...fresh.children);
    control.value = chosen;
  };
  control.addEventListener("change", () => form.set(path, control.value || undefined));
  control.addEventListener("kb-sources", renew);
  control.setAttribute("data-sources", "");
  renew();
  const add = el("button", { type: "button", class: "kb-form__small" }, "Add a source");
  add.addEventListener("click", () =>
    form.addSource((id) => {
      form.set(path, id);
      renew();
      control.focus();
    }),
  );
  return [control, add];
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function recordInput(form, shape, path, value) {
  const control = input(form, shape, path, value);
  const list = el("datalist", { id: `${idOf(path)}-list` });
  const titles = form.data.pages[form.data.folder]?.titles ?? {};
  for (const [id, title] of Object.entries(titles)) list.append(el("option", { value: id }, String(title)));
  control.setAttribute("list", list.id);
  return [control, list];
}

/**
 * @param {Form} form
 * @param {Shape} shape
 * @param {Path} path
 * @param {any} value
 */
function pair(form, shape, path, value) {
  const number = /** @type {Shape} */ ({ ...shape, kind: "number", required: false });
  const controls = ["Lower bound", "Upper bound"].map((label, at) => {
    const control = el("input", { type: "text", inputmode: "decimal", autocomplete: "off", "aria-label": label, placeholder: label });
    if (!at) control.id = idOf(path);
    control.value = textOf(value?.[at]);
    return control;
  });
  const read = () => {
    const held = controls.map((control) => valueOf(number, form.clean(control.value)));
    form.set(path, held.every((part) => part === undefined) ? undefined : held.map((part) => part ?? ""));
  };
  for (const control of controls) control.addEventListener("input", read);
  return el("div", { class: "kb-form__pair" }, ...controls);
}
