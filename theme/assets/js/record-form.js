/**
 * `<kb-record-form>`: writes a record or mends one, step by step.
 *
 * The record is one plain value. Every change goes through `set`; a moment later the value is checked, kept as a
 * draft, and shown as the page that it will be. Nothing leaves the browser until the contributor sends it.
 */

import { el } from "./dom.js";
import { Alike, alikeNotice, knownFrom, nameOf } from "./form/alike.js";
import { Check } from "./form/check.js";
import { Draft } from "./form/draft.js";
import { FindingBoard } from "./form/findings.js";
import { waysOut } from "./form/finish.js";
import { anything, firstControl } from "./form/groups.js";
import { Links } from "./form/links.js";
import { patternsFrom } from "./form/patterns.js";
import { preview } from "./form/preview.js";
import { blank, fitted, idOf, recordShape, shapeAt } from "./form/shape.js";
import { readRecord } from "./form/yaml-read.js";
import { writeRecord } from "./form/yaml-write.js";

/** @typedef {import("./form/shape.js").Path} Path */

/** Milliseconds of quiet after typing before the record is checked and kept. */
const QUIET = 250;
const REVIEW = "review";
/** By name in the address: the field that a new record may begin with. The evidence map's empty cells use it. */
const BEGUN = { practice: "practices", population: "populations" };

class RecordForm extends HTMLElement {
  /** @type {Record<string, any>} */ #parts = {};
  /** @type {any} */ #data;
  /** @type {any} */ #library;
  /** @type {import("./form/fields.js").Form} */ #form;
  /** @type {Check} */ #check;
  /** @type {Alike} */ #alike;
  /** @type {FindingBoard} */ #board;
  /** @type {Draft} */ #draft;
  /** @type {import("./form/yaml-read.js").Piece | null} */ #whole = null;
  #original = "";
  #step = "";
  #timer = 0;
  #listening = new AbortController();

  connectedCallback() {
    this.#parts = Object.fromEntries([...this.querySelectorAll("[data-part]")].map((part) => [part.getAttribute("data-part"), part]));
    this.#listening = new AbortController();
    this.#open();
  }

  disconnectedCallback() {
    this.#flush();
    this.#listening.abort();
  }

  async #open() {
    try {
      this.#data = await (await fetched(this.#address("data"))).json();
    } catch {
      this.#fail("The form could not be loaded. Reload the page, or use one of the other ways to contribute.");
      return;
    }
    const shape = recordShape(this.#data);
    const links = new Links(this.#data.pages);
    const patterns = patternsFrom(this.#data.patterns);
    this.#library = { data: this.#data, shape, links, patterns, root: this.getAttribute("root") ?? "" };
    this.#check = new Check(this.#data, shape, links, patterns);
    this.#alike = new Alike(knownFrom(this.#data));
    const opened = await this.#opened();
    if (opened === null) return;
    this.#draft = new Draft(opened || "new", this.#data.draft);
    this.#form = this.#newForm(opened);
    this.#restore();
    this.#build();
    this.#listen();
    this.#go(location.hash.slice(6) || this.#data.steps[0].id, false);
    this.#parts.live.hidden = false;
    this.#parts.wait.hidden = true;
  }

  /** @param {string} name */
  #address(name) {
    return new URL(this.getAttribute(name) ?? "", document.baseURI);
  }

  /** @param {string} words */
  #fail(words) {
    this.#parts.wait.hidden = true;
    this.#parts.failed.replaceChildren(el("p", {}, words), el("p", {}, el("a", { href: `${this.getAttribute("root")}contribute/` }, "All ways to contribute")));
  }

  /**
   * The id of the record to edit; empty for a new one, null where it can't be opened.
   * @returns {Promise<string | null>}
   */
  async #opened() {
    const asked = new URLSearchParams(location.search).get("edit");
    if (asked === null) return "";
    const { folder, pages } = this.#data;
    const id = asked.replace(/\/+$/, "").slice(folder.length + 1);
    if (!asked.startsWith(`${folder}/`) || !Object.hasOwn(pages[folder].titles, id)) {
      this.#fail(`There is no record “${asked.slice(0, 80)}” that this form can open.`);
      return null;
    }
    try {
      const text = await (await fetched(new URL(`${folder}/${id}.yaml`, this.#address("data")))).text();
      const { value, whole } = readRecord(text);
      this.#whole = whole;
      this.#original = JSON.stringify(fitted(this.#library.shape, value).value);
      this.#parts.title.textContent = `Edit: ${pages[folder].titles[id]}`;
      document.title = this.#parts.title.textContent;
      this.#parts.intro.hidden = true;
    } catch {
      this.#fail(`The record “${id}” could not be loaded. Reload the page to try again.`);
      return null;
    }
    return id;
  }

  /**
   * @param {string} opened
   * @returns {import("./form/fields.js").Form}
   */
  #newForm(opened) {
    const invisible = new RegExp(this.#data.invisible, "g");
    const wideBlanks = new RegExp(this.#data.wideBlanks, "g");
    return {
      value: {},
      shape: this.#library.shape,
      data: this.#data,
      opened,
      lists: new Map(),
      set: (path, value) => this.#set(path, value),
      restructured: (path) => this.#board.forget(path),
      clean: (text) => text.replace(/\r\n?/g, "\n").replace(invisible, "").replace(wideBlanks, " ").toWellFormed(),
      addSource: (added) => this.#addSource(added),
    };
  }

  /** The record as published, or empty. */
  #fresh() {
    if (this.#original) return JSON.parse(this.#original);
    const value = blank(this.#library.shape);
    for (const field of this.#library.shape.fields) {
      if (field.kind === "list" && field.fewest) value[field.name] = [field.item.kind === "group" ? blank(field.item) : ""];
    }
    value.sources[0].id = "s1";
    value.checked = value.added = today();
    return { ...value, ...this.#begun() };
  }

  /** What the address lets a new record begin with, such as `?practice=stipends`: only what there is to choose. */
  #begun() {
    const asked = new URLSearchParams(location.search);
    const chosen = Object.entries(BEGUN).map(([name, field]) => {
      const known = shapeAt(this.#library.shape, [field]).choices.map((/** @type {any} */ choice) => choice.id);
      return [field, [...new Set(asked.getAll(name))].filter((id) => known.includes(id))];
    });
    return Object.fromEntries(chosen.filter(([, ids]) => ids.length));
  }

  /** In words, what `#begun` holds; empty for a record that begins with nothing. */
  #begunWords() {
    const titles = Object.entries(this.#begun()).flatMap(([field, ids]) =>
      shapeAt(this.#library.shape, [field]).choices.filter((/** @type {any} */ choice) => ids.includes(choice.id)).map((/** @type {any} */ choice) => choice.title),
    );
    return titles.map((title) => `“${title}”`).join(" and ");
  }

  /** Take up the draft, if there is one; tell what could not be taken up. */
  #restore() {
    const { notices } = this.#parts;
    const draft = this.#draft.load();
    const begun = this.#original ? "" : this.#begunWords();
    this.#form.value = this.#fresh();
    if (draft) {
      const { value, rest } = fitted(this.#library.shape, draft.value);
      if (rest !== undefined) this.#draft.putAside(JSON.stringify(rest, null, 2));
      this.#form.value = value ?? this.#fresh();
      const when = new Date(draft.saved);
      const day = Number.isNaN(when.getTime()) ? "" : ` of ${when.toLocaleString("en-US", { dateStyle: "long", timeStyle: "short" })}`;
      const instead = begun && ` You came for ${begun}: the draft was left as it is, and “Start over” begins with that.`;
      notices.append(el("p", { class: "kb-form__notice" }, `Your draft${day} is back. “Start over” throws it away.${instead}`));
    } else if (begun) {
      notices.append(el("p", { class: "kb-form__notice" }, `Chosen already: ${begun}. You can change that on the way.`));
    }
    if (this.#draft.aside()) notices.append(this.#asideNotice());
    if (!Draft.allowed()) {
      notices.append(el("p", { class: "kb-form__notice kb-form__notice--warn" }, "This browser keeps nothing for this page, so a draft is lost when you close or reload it. Copy or download the file before you leave."));
    }
  }

  #asideNotice() {
    const text = el("textarea", { readonly: true, rows: "6", "aria-label": "What could not be taken up", spellcheck: "false" });
    text.value = this.#draft.aside();
    const done = el("button", { type: "button", class: "kb-form__small" }, "I have it, throw this away");
    const box = el("div", { class: "kb-form__notice kb-form__notice--warn" }, el("p", {}, "Part of an older draft does not fit this form. Nothing is lost: here it is, to copy from."), text, done);
    done.addEventListener("click", () => {
      this.#draft.forgetAside();
      box.remove();
      this.#parts.title.focus();
    });
    return box;
  }

  #build() {
    const { steps, nav } = this.#parts;
    this.#board = new FindingBoard(this);
    const named = [...this.#data.steps];
    const covered = named.flatMap((step) => step.fields);
    const left = this.#library.shape.fields.filter((/** @type {any} */ field) => field.kind !== "constant" && !covered.includes(field.name));
    if (left.length) named.at(-1).fields.push(...left.map((/** @type {any} */ field) => field.name));
    this.#parts.alike = el("div", { class: "kb-form__alike", role: "status" });
    steps.replaceChildren(...named.map((step, number) => this.#section(step, number, named)), this.#review(named));
    steps.querySelector(`[data-path='["title"]']`)?.after(this.#parts.alike);
    nav.replaceChildren(
      ...[...named, { id: REVIEW, title: "Look it over and send it" }].map(({ id, title }) =>
        el("li", {}, el("a", { href: `#step-${id}`, class: "kb-form__part", "data-step": id }, title, " ", el("span", { class: "kb-form__state" }))),
      ),
    );
    this.#refresh(false);
  }

  /**
   * @param {any} step
   * @param {number} number
   * @param {any[]} named
   */
  #section(step, number, named) {
    const shapes = step.fields.map((/** @type {string} */ name) => shapeAt(this.#library.shape, [name]));
    const next = named[number + 1]?.id ?? REVIEW;
    return el(
      "section",
      { class: "kb-form__step", "data-step": step.id, "aria-labelledby": `step-title-${step.id}`, hidden: true },
      el("h2", { id: `step-title-${step.id}`, tabindex: "-1" }, step.title),
      el("p", { class: "kb-form__opening" }, step.opening),
      ...shapes.map((/** @type {any} */ shape) => anything(this.#form, shape, [shape.name])),
      el(
        "p",
        { class: "kb-form__turn" },
        ...(number ? [el("a", { href: `#step-${named[number - 1].id}`, class: "kb-form__back" }, "Back"), " "] : []),
        el("a", { href: `#step-${next}`, class: "kb-form__go" }, next === REVIEW ? "Look it over" : "Next"),
      ),
    );
  }

  /** @param {any[]} named */
  #review(named) {
    this.#parts.summary = el("div", {});
    this.#parts["alike-again"] = el("div", { class: "kb-form__alike" });
    this.#parts.ways = el("div", {});
    return el(
      "section",
      { class: "kb-form__step", "data-step": REVIEW, "aria-labelledby": "step-title-review", hidden: true },
      el("h2", { id: "step-title-review", tabindex: "-1" }, "Look it over and send it"),
      this.#parts.summary,
      this.#parts["alike-again"],
      this.#parts.ways,
      el("p", { class: "kb-form__turn" }, el("a", { href: `#step-${named.at(-1).id}` }, "Back")),
    );
  }

  #listen() {
    /** @type {(target: EventTarget, type: string, listener: (event: any) => void) => void} */
    const on = (target, type, listener) => target.addEventListener(type, listener, { signal: this.#listening.signal });
    const { steps, show } = this.#parts;
    on(window, "hashchange", () => {
      if (location.hash.startsWith("#step-")) this.#go(location.hash.slice(6), true);
    });
    on(window, "pagehide", () => this.#flush());
    on(window, "storage", (event) => {
      if (event.key === this.#draft.key && event.newValue) this.#say("This draft was changed in another tab. The tab you type in last wins.");
    });
    on(this, "focusout", ({ target, relatedTarget }) => {
      // A moment later it is known whether the field was left, or the window: looking something up elsewhere
      // is not leaving a field. Nor is a redrawn list that took its fields away.
      setTimeout(() => {
        if (document.hasFocus() && target.isConnected) this.#leave(target, relatedTarget);
      });
    });
    on(show, "click", () => {
      const open = show.getAttribute("aria-expanded") !== "true";
      show.setAttribute("aria-expanded", String(open));
      show.textContent = open ? "Hide the preview" : "Preview the page";
      this.#showPreview();
    });
    on(this.#parts.over, "click", () => this.#parts.ask.showModal());
    on(this.#parts.ask, "close", () => {
      if (this.#parts.ask.returnValue === "yes") this.#startOver();
    });
    on(this.#parts.added, "close", () => this.#sourceAdded());
    on(steps, "submit", (event) => event.preventDefault());
  }

  /**
   * @param {Element} from
   * @param {Node | null} to
   */
  #leave(from, to) {
    const left = [];
    for (let at = from.closest("[data-path]"); at; at = at.parentElement?.closest("[data-path]") ?? null) {
      if (!at.contains(to)) left.push(at);
    }
    this.#board.leave(left);
    this.#later();
  }

  #startOver() {
    this.#draft.forget();
    this.#parts.notices.replaceChildren();
    this.#form.value = this.#fresh();
    this.#build();
    this.#say("Everything was cleared.");
    this.#step = "";
    history.replaceState(null, "", location.pathname + location.search);
    this.#go(this.#data.steps[0].id, true);
  }

  /**
   * Show a step.
   * @param {string} id
   * @param {boolean} focus
   */
  #go(id, focus) {
    const sections = [...this.#parts.steps.querySelectorAll("section[data-step]")];
    const there = sections.find((section) => section.dataset.step === id) ?? sections[0];
    const before = sections.find((section) => section.dataset.step === this.#step);
    if (before && before !== there) this.#board.leave(before.querySelectorAll("[data-path]"));
    this.#step = there.dataset.step;
    if (this.#step === REVIEW) this.#board.showAll();
    for (const section of sections) section.hidden = section !== there;
    for (const link of this.#parts.nav.querySelectorAll("a")) {
      if (link.dataset.step === this.#step) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    }
    this.toggleAttribute("data-review", this.#step === REVIEW);
    this.#refresh(false);
    if (!focus) return;
    there.querySelector("h2").focus({ preventScroll: true });
    this.scrollIntoView();
  }

  /**
   * Go to a field, wherever it is.
   * @param {Path} path
   */
  #goToField(path) {
    const step = this.#data.steps.find((/** @type {any} */ each) => each.fields.includes(path[0]));
    if (!step) return;
    history.pushState(null, "", `#step-${step.id}`);
    this.#go(step.id, false);
    const field = this.#parts.steps.querySelector(`[data-path="${CSS.escape(JSON.stringify(path))}"]`);
    for (let at = field?.closest("details"); at; at = at.parentElement?.closest("details")) at.open = true;
    const control = document.getElementById(idOf(path)) ?? firstControl(field) ?? field?.querySelector("button");
    control?.focus();
    field?.scrollIntoView({ block: "center" });
  }

  /**
   * @param {Path} path
   * @param {any} value
   */
  #set(path, value) {
    const last = /** @type {string | number} */ (path.at(-1));
    let here = this.#form.value;
    for (const step of path.slice(0, -1)) here = here[step] ??= {};
    const slugBefore = slug(this.#form.value.title);
    if (value !== undefined) here[last] = value;
    else if (typeof last === "number") here[last] = "";
    else delete here[last];
    if (path.length === 1 && last === "title") this.#follow(slugBefore);
    this.#later();
  }

  /**
   * The short name follows the title until somebody writes another.
   * @param {string} before
   */
  #follow(before) {
    const { value, opened } = this.#form;
    if (opened || (value.id && value.id !== before)) return;
    value.id = slug(value.title);
    if (!value.id) delete value.id;
    const control = document.getElementById(idOf(["id"]));
    if (control instanceof HTMLInputElement) control.value = value.id ?? "";
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#refresh(true), QUIET);
  }

  /** Do now what waits for a moment of quiet. */
  #flush() {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#keep();
  }

  #keep() {
    const { value } = this.#form;
    if (JSON.stringify(value) === (this.#original || JSON.stringify(this.#fresh()))) {
      this.#draft.forget();
      this.#parts.kept.textContent = "";
      return;
    }
    const now = new Date();
    const kept = this.#draft.save(value, now);
    const time = now.toLocaleTimeString("en-US", { timeStyle: "short" });
    this.#parts.kept.textContent = kept ? `Draft kept in this browser at ${time}.` : "The draft could not be kept: this browser refused. Copy or download the file before you leave.";
  }

  /** @param {boolean} keep */
  #refresh(keep) {
    this.#timer = 0;
    if (keep) this.#keep();
    this.#board.show(this.#check.findings(this.#form.value, this.#form.opened, new Date()));
    for (const element of this.#parts.steps.querySelectorAll("[data-sources]")) element.dispatchEvent(new Event("kb-sources"));
    this.#showAlike();
    this.#showProgress();
    this.#showPreview();
    if (this.#step === REVIEW) this.#showReview();
  }

  /** Tell of records that may be this one, once the title was left. */
  #showAlike() {
    const { value, opened, data } = this.#form;
    const told = opened || !this.#board.isShown({ path: ["title"], code: "", words: "" }) ? [] : this.#alike.to(nameOf(value, ""));
    const ids = told.map(({ id }) => id).join();
    for (const part of [this.#parts.alike, this.#parts["alike-again"]]) {
      if (part.dataset.ids === ids) continue; // said once is enough for a screen reader
      part.dataset.ids = ids;
      part.replaceChildren(...alikeNotice(told, this.getAttribute("root") ?? "", data.folder));
    }
  }

  #showProgress() {
    let done = 0;
    for (const step of this.#data.steps) {
      const { all, shown } = this.#board.count(step.fields);
      if (!all) done++;
      const link = this.#parts.nav.querySelector(`[data-step="${step.id}"]`);
      link.dataset.state = all ? (shown ? "wrong" : "open") : "done";
      link.querySelector(".kb-form__state").textContent = all ? (shown ? `${shown} to mend` : "to do") : "done";
    }
    const { length } = this.#data.steps;
    this.#parts.progress.max = length;
    this.#parts.progress.value = done;
    this.#parts["progress-words"].textContent = `${done} of ${length} parts done`;
  }

  #showPreview() {
    const open = this.#step === REVIEW || this.#parts.show.getAttribute("aria-expanded") === "true";
    this.#parts.preview.hidden = !open;
    this.toggleAttribute("data-preview", open && this.#step !== REVIEW);
    if (open) this.#parts.page.replaceChildren(preview(this.#form.value, this.#library));
  }

  #showReview() {
    const { value, opened, data } = this.#form;
    this.#parts.summary.replaceChildren(this.#board.summary((path) => this.#title(path), (path) => this.#goToField(path)));
    this.#parts.ways.replaceChildren(
      waysOut(
        { repository: data.repository, file: `${data.folder}/${value.id || "unnamed"}.yaml`, text: this.text, exists: opened !== "" },
        `${this.getAttribute("root")}contribute/#what-happens-next`,
      ),
    );
  }

  /** The record as its file will hold it. */
  get text() {
    return writeRecord(this.#form.value, this.#library.shape, this.#whole, this.#data.head, this.#data.oneLine);
  }

  /**
   * A path in words: "Outcomes in figures 2: Figure".
   * @param {Path} path
   */
  #title(path) {
    const words = path.map((step, at) => {
      if (typeof step === "number") return String(step + 1);
      return shapeAt(this.#library.shape, path.slice(0, at + 1))?.label ?? step;
    });
    return `${words.join(", ").replace(/, (\d+)/g, " $1")}:`;
  }

  /** @param {string} words */
  #say(words) {
    this.#parts.said.textContent = words;
  }

  /**
   * Ask for a source without leaving the place where it is wanted.
   * @param {(id: string) => void} added
   */
  #addSource(added) {
    const { added: dialog, "added-slot": slot } = this.#parts;
    const list = this.#parts.steps.querySelector('[data-list="sources"]');
    const place = document.createComment("sources");
    list.replaceWith(place);
    slot.append(list);
    const last = (this.#form.value.sources ?? []).at(-1);
    const reused = Boolean(last && !last.title && !last.url && !last.publisher);
    if (!reused) this.#form.lists.get("sources")?.add();
    this.#waiting = { added, list, place, reused };
    dialog.returnValue = "";
    dialog.showModal();
    firstControl(slot.querySelector(".kb-form__entry:last-child"))?.focus();
  }

  /** @type {{added: (id: string) => void, list: Element, place: Comment, reused: boolean} | null} */
  #waiting = null;

  #sourceAdded() {
    if (!this.#waiting) return;
    const { added, list, place, reused } = this.#waiting;
    this.#waiting = null;
    const sources = this.#form.value.sources;
    const { id } = sources.at(-1);
    const wanted = this.#parts.added.returnValue === "yes";
    if (!wanted && !reused) this.#form.lists.get("sources")?.remove(sources.length - 1);
    place.replaceWith(list);
    this.#refresh(true);
    if (wanted) added(id);
  }
}

/**
 * @param {URL} address
 */
async function fetched(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  return response;
}

/** The day where the contributor is, as year-month-day. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * A title as the last part of an address.
 * @param {unknown} title
 */
function slug(title) {
  const plain = String(title ?? "").slice(0, 200).normalize("NFKD").toLowerCase();
  return plain
    .replace(/['’\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");
}

if (!customElements.get("kb-record-form")) customElements.define("kb-record-form", RecordForm);
