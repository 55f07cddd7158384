/** The page as it will be, from what has been filled in so far (theme/records/case-study.html). */

import { el } from "../dom.js";
import { difference, dollars, figure } from "./figures.js";
import { citation, prose } from "./markdown.js";
import { shapeAt } from "./shape.js";

/**
 * @typedef {object} Library
 * @property {any} data what form.json holds
 * @property {import("./shape.js").Shape} shape
 * @property {import("./links.js").Links} links
 * @property {import("./patterns.js").Patterns} patterns
 * @property {string} root the way to the site's root
 */

/**
 * @param {any} value
 * @param {Library} library
 * @returns {HTMLElement}
 */
export function preview(value, library) {
  return new Page(value, library).page();
}

class Page {
  /**
   * @param {any} value
   * @param {Library} library
   */
  constructor(value, library) {
    this.value = value;
    this.library = library;
    this.sources = value.sources ?? [];
    const numbers = new Map(this.sources.map((/** @type {any} */ source, /** @type {number} */ at) => [source.id, at + 1]));
    this.context = { numbers, links: library.links, root: library.root, patterns: library.patterns };
  }

  page() {
    const { value } = this;
    return el(
      "div",
      { class: "kb-record" },
      el("p", { class: "kb-kind" }, "Case study"),
      el("h2", { class: "kb-preview__title" }, value.title || "Name of the program"),
      el("p", { class: "kb-lead" }, value.summary ?? ""),
      this.#verdict(),
      this.#chips(["practices"]),
      ...this.#section("Key facts", this.#facts()),
      ...this.#section("The challenge", prose(value.challenge, this.context)),
      ...this.#section("What they did", prose(value.approach, this.context)),
      ...this.#section("How employers took part", [...prose(value.employer_engagement, this.context), ...this.#roles()]),
      ...this.#section("Results", prose(value.results, this.context)),
      ...this.#section("Outcomes in figures", this.#outcomes()),
      ...this.#section("Lessons", this.#lessons()),
      ...this.#section("How it was paid for", this.#money()),
      ...this.#section("Sources", this.#sourceList()),
    );
  }

  /**
   * @param {string} title
   * @param {Node[]} nodes
   */
  #section(title, nodes) {
    return nodes.length ? [el("h3", { class: "kb-preview__section" }, title), ...nodes] : [];
  }

  /**
   * The choice that a field holds, as people read it.
   * @param {import("./shape.js").Path} path to the field's shape
   * @param {any} id
   */
  #choice(path, id) {
    const found = shapeAt(this.library.shape, path)?.choices.find((choice) => choice.id === id);
    return { title: found?.title ?? (id ? String(id) : ""), meaning: found?.meaning ?? "" };
  }

  #verdict() {
    const evidence = this.value.evidence ?? {};
    const level = this.#choice(["evidence", "level"], evidence.level);
    const direction = this.#choice(["evidence", "direction"], evidence.direction);
    const design = this.#choice(["evidence", "design"], evidence.design);
    const part = (/** @type {string} */ question, /** @type {HTMLElement} */ mark, /** @type {string} */ meaning) =>
      el("div", {}, el("dt", {}, question), el("dd", {}, mark, ` ${meaning}`));
    return el(
      "div",
      {},
      el(
        "dl",
        { class: "kb-verdict" },
        part("How sure can we be?", el("span", { class: "kb-level" }, level.title || "Not chosen yet"), level.meaning),
        part(
          "What was found?",
          el("span", { class: "kb-direction" }, direction.title ? `Result: ${direction.title}` : "Not chosen yet"),
          direction.meaning,
        ),
      ),
      el("p", { class: "kb-verdict__note" }, evidence.note ?? "", " ", design.title ? `${design.title}.` : "", this.#mark(evidence.source)),
    );
  }

  /** @param {any} source */
  #mark(source) {
    return source ? citation([source], this.context.numbers) : "";
  }

  /** @param {import("./shape.js").Path} path */
  #chips(path) {
    const ids = this.value[path[0]] ?? [];
    return el("ul", { class: "kb-chips", role: "list" }, ...this.#titles(path, ids).map((title) => el("li", {}, el("span", { class: "kb-chip" }, title))));
  }

  /**
   * @param {import("./shape.js").Path} path
   * @param {any[]} ids
   */
  #titles(path, ids) {
    return ids.map((id) => this.#choice(path, id).title);
  }

  #facts() {
    const { value } = this;
    /** @type {[string, string][]} */
    const facts = [
      ["Where", (value.places ?? []).map((/** @type {any} */ place) => this.#place(place)).filter(Boolean).join("; ")],
      ["When", years(value)],
      ["Status", this.#choice(["status"], value.status).title],
      ...["populations", "sectors", "program_areas", "policies"].map((field) => {
        const label = shapeAt(this.library.shape, [field])?.label ?? field;
        return /** @type {[string, string]} */ ([label, this.#titles([field], value[field] ?? []).join(", ")]);
      }),
    ];
    const shown = facts
      .filter(([, text]) => text)
      .map(([name, text]) => el("div", {}, el("dt", {}, name), el("dd", {}, text)));
    const parts = this.#organizations();
    if (parts.length) shown.push(el("div", { class: "kb-facts__wide" }, el("dt", {}, "Who took part"), el("dd", {}, el("ul", { class: "kb-roles", role: "list" }, ...parts))));
    return shown.length ? [el("dl", { class: "kb-facts" }, ...shown)] : [];
  }

  /** @param {any} place */
  #place(place) {
    const state = this.#choice(["places", 0, "state"], place.state).title;
    const setting = this.#choice(["places", 0, "setting"], place.setting).title;
    const name = [place.city, state].filter(Boolean).join(", ");
    return name && setting ? `${name} (${setting.toLowerCase()})` : name || setting;
  }

  #organizations() {
    /** @type {Map<string, string[]>} */
    const byRole = new Map();
    for (const { name, role } of this.value.organizations ?? []) {
      const title = this.#choice(["organizations", 0, "role"], role).title || "Role not chosen";
      if (name) byRole.set(title, [...(byRole.get(title) ?? []), name]);
    }
    return [...byRole].map(([role, names]) => el("li", {}, el("span", { class: "kb-label" }, role), ` ${names.join("; ")}`));
  }

  #roles() {
    const ids = this.value.employer_roles ?? [];
    if (!ids.length) return [];
    const parts = ids.map((/** @type {string} */ id) => this.#choice(["employer_roles"], id));
    return [
      el("dl", { class: "kb-employer-roles" }, ...parts.map((/** @type {any} */ part) => el("div", {}, el("dt", {}, part.title), el("dd", {}, part.meaning)))),
    ];
  }

  #outcomes() {
    const outcomes = this.value.outcomes ?? [];
    if (!outcomes.length) return [];
    const head = ["Outcome", "Program and comparison", "Difference", "How it was measured"];
    return [
      el(
        "table",
        { class: "kb-outcomes" },
        el("caption", {}, "Each line is one outcome that a source reports."),
        el("thead", {}, el("tr", {}, ...head.map((title) => el("th", { scope: "col" }, title)))),
        el("tbody", {}, ...outcomes.map((/** @type {any} */ outcome) => this.#outcome(outcome))),
      ),
    ];
  }

  /** @param {any} outcome */
  #outcome(outcome) {
    const alone = outcome.unit === "percentage-points" || this.library.data.differences.includes(outcome.metric);
    const value = outcome.value === undefined ? "" : figure(outcome.value, outcome, alone);
    const metric = this.#choice(["outcomes", 0, "metric"], outcome.metric).title;
    const design = this.#choice(["outcomes", 0, "design"], outcome.design).title;
    const comparison = outcome.comparison === undefined || outcome.comparison === null ? "" : figure(outcome.comparison, outcome);
    const gap = difference(outcome) || (alone ? value : "");
    const said = { true: "Statistically significant", false: "Not statistically significant: it may be chance" };
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, outcome.name || metric || "Not chosen yet", el("span", { class: "kb-outcomes__when" }, outcome.when ?? "")),
      el(
        "td",
        {},
        el("p", { class: "kb-figure" }, el("strong", {}, alone ? "The source gives the difference only" : value)),
        ...(comparison ? [el("p", { class: "kb-figure" }, `${comparison} `, el("span", {}, outcome.comparison_label || "comparison"))] : []),
      ),
      el(
        "td",
        {},
        gap ? el("strong", { class: "kb-difference" }, gap) : el("span", { class: "kb-muted" }, "Nothing to compare"),
        el("span", { class: "kb-significance" }, said[/** @type {"true" | "false"} */ (String(outcome.significant))] ?? ""),
      ),
      el(
        "td",
        {},
        el("span", {}, `${design}${outcome.n ? `, n = ${figure(outcome.n, { unit: "count" })}` : ""} `, this.#mark(outcome.source)),
        el("span", { class: "kb-outcomes__note" }, outcome.note ?? ""),
        el("span", { class: "kb-outcomes__printed" }, outcome.as_printed ? `As printed: “${outcome.as_printed}”` : ""),
      ),
    );
  }

  #lessons() {
    const lessons = (this.value.lessons ?? []).filter(Boolean);
    if (!lessons.length) return [];
    return [el("ul", { class: "kb-lessons" }, ...lessons.map((/** @type {any} */ lesson) => el("li", {}, ...prose(lesson, this.context))))];
  }

  #money() {
    const { cost, funding } = this.value;
    const nodes = [];
    const amount = (/** @type {any} */ sum) => (typeof sum === "number" ? dollars(sum) : String(sum ?? ""));
    if (cost) nodes.push(el("p", {}, `It cost ${amount(cost.per_participant_usd)} a participant (${cost.basis ?? ""}).`, this.#mark(cost.source)));
    if (funding?.length) {
      nodes.push(
        el(
          "ul",
          {},
          ...funding.map((/** @type {any} */ row) =>
            el("li", {}, [row.name, amount(row.amount_usd) || "amount not given", row.year].filter(Boolean).join(", "), this.#mark(row.source)),
          ),
        ),
      );
    }
    return nodes;
  }

  #sourceList() {
    const listed = this.sources.map((/** @type {any} */ source, /** @type {number} */ at) => {
      const kind = this.#choice(["sources", 0, "kind"], source.kind).title;
      const safe = /^https?:\/\//.test(source.url ?? "") ? source.url : "";
      const archived = /^https?:\/\//.test(source.archived ?? "") ? source.archived : "";
      const title = source.title || "Title of the source";
      return el(
        "li",
        { id: `preview-source-${at + 1}` },
        safe ? el("a", { href: safe, target: "_blank", rel: "noopener" }, title) : title,
        el("span", { class: "kb-sources__about" }, [source.publisher, source.year || "no date given"].filter(Boolean).join(", "), kind ? `. ${kind}.` : ".", source.note ? ` ${source.note}` : "", ...(archived ? [" ", el("a", { href: archived, target: "_blank", rel: "noopener" }, "Archived copy")] : [])),
      );
    });
    return listed.length ? [el("ol", { class: "kb-sources" }, ...listed)] : [];
  }
}

/** @param {any} value */
function years(value) {
  const { start, end } = value.years ?? {};
  if (!start) return end ? `Until ${end}` : "";
  if (!end) return `${["active", "expanded"].includes(value.status) ? "Since" : "From"} ${start}`;
  return start === end ? String(start) : `${start} to ${end}`;
}
