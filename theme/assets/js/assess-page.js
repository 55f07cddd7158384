/**
 * `<kb-assess>`: counts the answers of the rubric's form, keeps them in this browser, and says what they come to.
 *
 * The form is in the markup and works on paper. Nothing is sent anywhere: progress is kept in the browser's
 * storage, files are read where they are, and a shared link holds the answers after its #.
 */

import { answered, fillForm, isBlank, readForm } from "./assess-form.js";
import { agreementNodes, movedNodes, problemNodes, resultNodes } from "./assess-results.js";
import { counted, el } from "./dom.js";
import { compare, criteria, placeOf, score } from "./rubric-scoring.js";
import { MAX_BYTES, distinct, fromFragment, read, toCsv, toFragment, toJson } from "./rubric-sheets.js";

/**
 * @typedef {import("./rubric-scoring.js").Sheet} Sheet
 * @typedef {import("./rubric-sheets.js").Problem} Problem
 * @typedef {{sheet: Sheet, name: string}} Loaded
 */

const KEY = "kb-assess";
/** Milliseconds of quiet before the result is made anew: typing must not wait for it. */
const QUIET = 250;

class AssessPage extends HTMLElement {
  /** @type {import("./rubric-scoring.js").Rubric} */ #rubric;
  /** @type {Record<string, any>} */ #parts = {};
  /** @type {Record<"raters" | "earlier", Loaded[]>} */ #loaded = { raters: [], earlier: [] };
  /** By state, what was loaded of it. @type {Map<string, import("./rubric-scoring.js").Case[]>} */
  #ofStates = new Map();
  #listening = new AbortController();
  #timer = 0;

  async connectedCallback() {
    this.#listening = new AbortController();
    for (const part of this.querySelectorAll("[data-part]")) this.#parts[part.getAttribute("data-part") ?? ""] = part;
    try {
      const answer = await fetch(new URL(this.dataset.source ?? "", document.baseURI));
      if (!answer.ok) throw new Error(String(answer.status));
      this.#rubric = await answer.json();
    } catch {
      this.#parts.failed.textContent =
        "Answers cannot be counted now, because a part of this page did not load. Reload it to try again. The questions can be read and printed.";
      return;
    }
    if (!this.isConnected) return;
    const typed = readForm(this.#rubric, this.#parts.form);
    // What was filled in while the page was loading counts more than what was kept, and is kept instead.
    if (isBlank(typed)) this.#restore();
    else this.#keep();
    this.#listen();
    for (const button of this.querySelectorAll("[data-clear]")) button.toggleAttribute("hidden", false);
    this.#parts.bar.hidden = false;
    this.#parts.tool.hidden = false;
    document.documentElement.toggleAttribute("data-kb-assess", true);
    this.#openLink();
    this.#show();
    // The page became longer above the place that the address names.
    if (location.hash && !location.hash.startsWith("#answers=")) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }

  disconnectedCallback() {
    this.#listening.abort();
    window.clearTimeout(this.#timer);
    document.documentElement.removeAttribute("data-kb-assess");
  }

  #listen() {
    const parts = this.#parts;
    /** @type {(target: EventTarget, type: string, listener: (event: any) => void) => void} */
    const on = (target, type, listener) => target.addEventListener(type, listener, { signal: this.#listening.signal });
    on(parts.form, "input", () => this.#changed());
    on(parts.form, "submit", (event) => event.preventDefault());
    on(parts.form, "click", (event) => {
      const clear = event.target.closest("[data-clear]");
      if (!clear) return;
      const name = clear.getAttribute("data-clear");
      const radios = [...parts.form.querySelectorAll("input[type=radio]")].filter((radio) => radio.name === name);
      for (const radio of radios) radio.checked = false;
      radios[0].focus();
      this.#changed();
    });
    on(parts.next, "click", () => this.#goToNext());
    on(parts.own, "change", () => this.#show());
    for (const where of /** @type {const} */ (["raters", "earlier"])) {
      on(parts[`${where}-files`], "change", (event) => this.#load(where, event.target));
    }
    on(parts["open-file"], "change", (event) => this.#openFile(event.target));
    on(parts["save-json"], "click", () => this.#save("json", "application/json", toJson));
    on(parts["save-csv"], "click", () => this.#save("csv", "text/csv", toCsv));
    on(parts["copy-link"], "click", () => this.#share());
    on(parts["print-report"], "click", () => this.#print("report"));
    on(parts["print-form"], "click", () => this.#print("form"));
    on(parts["start-over"], "click", () => this.#replace(this.#empty(), "Your answers were cleared."));
    on(window, "hashchange", () => this.#openLink());
    on(window, "afterprint", () => document.documentElement.removeAttribute("data-kb-print"));
    on(window, "pagehide", () => this.#keep());
  }

  /** @returns {Sheet} */
  #empty() {
    const blank = { place: "", date: "", rater: "", role: "", population: "", setting: "", state: "" };
    return { answers: {}, version: this.#rubric.version, ...blank };
  }

  get #own() {
    return readForm(this.#rubric, this.#parts.form);
  }

  /** The sheets that are counted: those loaded, and one's own. */
  get #counted() {
    const raters = this.#loaded.raters.map(({ sheet }) => sheet);
    const own = this.#own;
    const withOwn = answered(own) > 0 && (!raters.length || this.#parts.own.checked);
    return withOwn ? [...raters, own] : raters;
  }

  #changed() {
    this.#showProgress();
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => {
      this.#keep();
      this.#show();
    }, QUIET);
  }

  // --- keeping and opening ---------------------------------------------------------------------

  #keep() {
    const own = this.#own;
    try {
      if (isBlank(own)) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, toJson(this.#rubric, own));
      this.#parts.kept.textContent = isBlank(own) ? "" : "Kept in this browser.";
    } catch {
      this.#parts.kept.textContent = "This browser keeps nothing: save your answers before you leave.";
    }
  }

  #restore() {
    let kept = null;
    try {
      kept = localStorage.getItem(KEY);
    } catch {
      return; // said when something is to be kept
    }
    if (!kept) return;
    const { sheets, problems } = read(this.#rubric, kept, "Kept answers");
    if (sheets[0]) fillForm(this.#rubric, this.#parts.form, sheets[0]);
    this.#parts.kept.textContent = sheets[0] ? "Kept in this browser." : "";
    this.#notice(problemNodes(problems));
  }

  /** Answers in the address: shown at once where there are none of one's own, else on request. */
  #openLink() {
    const found = fromFragment(this.#rubric, location.hash);
    if (!found) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    if (!found.sheet) {
      this.#notice(problemNodes(found.problems));
      return;
    }
    const { sheet } = found;
    const open = () => {
      this.#replace(sheet, `The answers in the link are filled in: ${counted(answered(sheet), "question")}.`);
      document.getElementById("result")?.scrollIntoView();
    };
    if (isBlank(this.#own)) {
      open();
      return;
    }
    const { choice } = this.#parts;
    const close = () => {
      choice.hidden = true;
      choice.replaceChildren();
    };
    const button = (/** @type {string} */ label, /** @type {() => void} */ action) => {
      const made = el("button", { type: "button" }, label);
      made.addEventListener("click", () => {
        close();
        action();
      });
      return made;
    };
    choice.replaceChildren(
      el("p", {}, `The link holds answers to ${counted(answered(sheet), "question")}. You have answers of your own here.`),
      el("p", { class: "kb-assess__buttons" },
        button("Show those of the link", open),
        button("Add them as another rater", () => {
          this.#loaded.raters.push({ sheet, name: "Link" });
          this.#showFiles("raters");
          this.#show();
        }),
        button("Keep mine", () => {}),
      ),
    );
    choice.hidden = false;
    choice.scrollIntoView({ block: "center" });
  }

  /**
   * Put other answers into the form; one's own can be brought back.
   * @param {Sheet} sheet
   * @param {string} message
   * @param {Problem[]} problems
   */
  #replace(sheet, message, problems = []) {
    const before = this.#own;
    fillForm(this.#rubric, this.#parts.form, sheet);
    this.#keep();
    this.#show();
    const line = el("p", {}, `${message} `);
    if (!isBlank(before)) {
      const undo = el("button", { type: "button", class: "kb-assess__small" }, "Bring back mine");
      undo.addEventListener("click", () => {
        fillForm(this.#rubric, this.#parts.form, before);
        this.#keep();
        this.#show();
        this.#notice([el("p", {}, "Your answers are back.")]);
      });
      line.append(undo);
    }
    this.#notice([line, ...problemNodes(problems)]);
    this.#parts.notice.scrollIntoView({ block: "center" });
  }

  /** @param {HTMLInputElement} input */
  async #openFile(input) {
    const { loaded, problems } = await this.#readFiles(input);
    if (loaded.length === 1) {
      this.#replace(loaded[0].sheet, `The answers in ${loaded[0].name} are filled in.`, problems);
    } else if (loaded.length > 1) {
      this.#loaded.raters.push(...loaded);
      this.#showFiles("raters", problems);
      this.#show();
      this.#notice([el("p", {}, `The file holds ${loaded.length} raters. They are counted under “Several raters”.`)]);
      this.#parts.notice.scrollIntoView({ block: "center" });
    } else {
      this.#notice(problemNodes(problems));
      this.#parts.notice.scrollIntoView({ block: "center" });
    }
  }

  /**
   * @param {"raters" | "earlier"} where
   * @param {HTMLInputElement} input
   */
  async #load(where, input) {
    const { loaded, problems } = await this.#readFiles(input);
    const all = distinct([...this.#loaded[where], ...loaded]);
    this.#loaded[where] = all.loaded;
    this.#showFiles(where, [...problems, ...all.problems]);
    this.#show();
  }

  /**
   * @param {HTMLInputElement} input
   * @returns {Promise<{loaded: Loaded[], problems: Problem[]}>}
   */
  async #readFiles(input) {
    /** @type {Loaded[]} */
    const loaded = [];
    /** @type {Problem[]} */
    const problems = [];
    for (const file of input.files ?? []) {
      const fail = (/** @type {string} */ message) => problems.push({ place: file.name, message, isNote: false });
      try {
        if (file.size > MAX_BYTES) {
          fail(`the file is larger than ${MAX_BYTES / 1e6} MB`);
          continue;
        }
        const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
        const found = read(this.#rubric, text, file.name);
        loaded.push(...found.sheets.map((sheet) => ({ sheet, name: file.name })));
        problems.push(...found.problems);
      } catch {
        fail("this is not text in UTF-8; save it as CSV UTF-8");
      }
    }
    input.value = ""; // so that the same file can be chosen again
    return { loaded, problems };
  }

  // --- showing ---------------------------------------------------------------------------------

  #show() {
    this.#showProgress();
    const sheets = this.#counted;
    const result = score(this.#rubric, sheets);
    const root = this.dataset.root ?? "";
    const more = this.#casesIn(placeOf(sheets).state);
    this.#parts.result.replaceChildren(...resultNodes(this.#rubric, result, sheets, root, more));
    this.#parts["own-row"].hidden = !this.#loaded.raters.length || !answered(this.#own);
    this.#parts["agreement-section"].hidden = sheets.length < 2;
    this.#parts.agreement.replaceChildren(...(sheets.length < 2 ? [] : agreementNodes(this.#rubric, result)));
    const earlier = this.#loaded.earlier.map(({ sheet }) => sheet);
    const compared = earlier.length > 0 && sheets.length > 0;
    this.#parts["moved-section"].hidden = !compared;
    this.#parts.moved.replaceChildren(...(compared ? movedNodes(compare(this.#rubric, earlier, sheets)) : []));
  }

  /**
   * The case studies of a state. While they load there are none; then the result is shown anew.
   * @param {string} state
   * @returns {import("./rubric-scoring.js").Case[]}
   */
  #casesIn(state) {
    const known = this.#ofStates.get(state);
    if (known || !this.#rubric.states.includes(state)) return known ?? [];
    this.#ofStates.set(state, []);
    fetch(new URL(`cases/${state}.json`, new URL(this.dataset.source ?? "", document.baseURI)))
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        this.#ofStates.set(state, await answer.json());
        this.#show();
      })
      .catch(() => {
        this.#ofStates.delete(state); // tried again when an answer changes
        this.#notice([el("p", {}, "Some case studies of your state did not load, so those named may be from elsewhere.")]);
      });
    return [];
  }

  #showProgress() {
    const { answers } = this.#own;
    const done = (/** @type {string} */ id) => Boolean(answers[id] && (answers[id].level !== null || answers[id].other));
    const all = criteria(this.#rubric);
    const count = all.filter(({ id }) => done(id)).length;
    this.#parts.count.textContent = `${count} of ${all.length} answered.`;
    this.#parts.progress.value = count;
    this.#parts.next.hidden = count === all.length;
    for (const dimension of this.#rubric.dimensions) {
      const place = this.querySelector(`[data-part-count="${dimension.id}"]`);
      const some = dimension.criteria.filter(({ id }) => done(id)).length;
      if (place) place.textContent = `${some} of ${dimension.criteria.length}`;
    }
  }

  /**
   * @param {"raters" | "earlier"} where
   * @param {Problem[]} problems
   */
  #showFiles(where, problems = []) {
    const list = this.#parts[`${where}-list`];
    list.replaceChildren(
      ...this.#loaded[where].map((loaded, index) => {
        const { sheet, name } = loaded;
        const who = sheet.rater || this.#rubric.choices.role[sheet.role] || "no name";
        const about = [who, sheet.date, counted(answered(sheet), "answer")].filter(Boolean).join(", ");
        const remove = el("button", { type: "button", class: "kb-assess__small" }, "Remove", el("span", { class: "kb-visually-hidden" }, ` ${name}, ${about}`));
        remove.addEventListener("click", () => {
          this.#loaded[where].splice(index, 1);
          this.#showFiles(where);
          this.#show();
          const buttons = list.querySelectorAll("button");
          (buttons[Math.min(index, buttons.length - 1)] ?? this.#parts[`${where}-files`]).focus();
        });
        return el("li", {}, el("strong", {}, name), ` ${about} `, remove);
      }),
    );
    this.#parts[`${where}-problems`].replaceChildren(...problemNodes(problems));
  }

  /** @param {Node[]} nodes */
  #notice(nodes) {
    this.#parts.notice.replaceChildren(...nodes);
  }

  /** To the first question that has no answer, after the place where one is if there is one. */
  #goToNext() {
    const { answers } = this.#own;
    const open = criteria(this.#rubric)
      .filter(({ id }) => !answers[id] || (answers[id].level === null && !answers[id].other))
      .map(({ id }) => document.getElementById(`q-${id}`));
    const below = open.find((question) => question && question.getBoundingClientRect().top > window.innerHeight / 2);
    const next = below ?? open[0];
    next?.scrollIntoView();
    next?.querySelector("input")?.focus({ preventScroll: true });
  }

  // --- taking away -----------------------------------------------------------------------------

  /**
   * @param {string} ending
   * @param {string} type
   * @param {typeof toJson} write
   */
  #save(ending, type, write) {
    const own = this.#own;
    const address = URL.createObjectURL(new Blob([write(this.#rubric, own)], { type }));
    const words = ["rubric", own.date, own.place, own.rater].join(" ").toLowerCase();
    const name = words.replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 80);
    el("a", { href: address, download: `${name}.${ending}` }).click();
    URL.revokeObjectURL(address);
  }

  async #share() {
    const link = this.#parts.link;
    link.value = new URL(`#${toFragment(this.#rubric, this.#own)}`, location.href).href;
    this.#parts["link-row"].hidden = false;
    link.focus();
    link.select();
    try {
      await navigator.clipboard.writeText(link.value);
      this.#parts["copy-link"].textContent = "Link copied";
      window.setTimeout(() => (this.#parts["copy-link"].textContent = "Copy a link"), 2_000);
    } catch {
      // The link is there to be copied by hand.
    }
  }

  /** @param {"report" | "form"} what */
  #print(what) {
    document.documentElement.setAttribute("data-kb-print", what);
    window.print();
  }
}

if (!customElements.get("kb-assess")) customElements.define("kb-assess", AssessPage);
