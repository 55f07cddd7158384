/**
 * The search of the offline edition, by MiniSearch. A plain script: browsers load no modules from a folder.
 * The index is another script (`rewireOffline`), written by generator/offline/index.py.
 */
{
  /** Results that are shown at first, and more on each request. */
  const AT_ONCE = 30;
  /** Title, other names, names of what a page is tagged with, and its text. */
  const WEIGHTS = { title: 4, names: 6, tags: 2, text: 1 };
  /** Letters that may be wrong in a word, as a share of its length: two of five or six. */
  const SLIP = 0.35;
  /** Words that tell nothing of what is looked for. */
  const EMPTY = new Set("a an and are at be by can do does for from how in is it of on or that the there to was what when where which who why with".split(" "));

  /** @typedef {{title: string, path: string, kind: string, gist: string, marks: string[], facets: Record<string, string[]>}} Hit */

  const { facets, index } = globalThis.rewireOffline;
  const asked = new URLSearchParams(location.search);
  const question = (asked.get("q") ?? "").slice(0, 200);
  const filters = facets.map(({ id }) => [id, asked.getAll(id)]).filter(([, values]) => values.some(Boolean));

  const root = document.getElementById("kb-offline-search");
  const form = root.querySelector("form");
  const count = root.querySelector(".kb-offline-search__count");
  const list = root.querySelector(".kb-hits");
  const more = root.querySelector(".kb-search__more button");

  /** The words of a text as the index has them. */
  const tokenize = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  const search = MiniSearch.loadJSON(index, {
    fields: Object.keys(WEIGHTS),
    storeFields: ["title", "path", "kind", "gist", "marks", "facets"],
    tokenize,
    processTerm: (term) => term,
  });

  /** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} children */
  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /**
   * The pages that answer, best first: what answers more of the question comes before what says one word often.
   * @param {string[]} words
   * @returns {(Hit & {missing: string[]})[]}
   */
  function found(words) {
    const prefix = (/** @type {string} */ term) => term.length > 2;
    // Only what the library has no word for may be a slip: "prison" is not "person".
    const slips = words.filter((word) => word.length > 3 && !search.search(word, { prefix }).length);
    const options = {
      boost: WEIGHTS,
      prefix,
      fuzzy: (term) => (slips.includes(term) ? SLIP : false),
      filter: (hit) => filters.every(([id, values]) => values.every((value) => !value || hit.facets[id]?.includes(value))),
    };
    if (!words.length) return filters.length ? search.search(MiniSearch.wildcard, options).map((hit) => ({ ...hit, missing: [] })) : [];
    return search
      .search(words.join(" "), options)
      .map((hit) => ({ ...hit, rank: hit.score * (hit.queryTerms.length / words.length) ** 3, missing: words.filter((word) => !hit.queryTerms.includes(word)) }))
      .sort((a, b) => b.rank - a.rank);
  }

  /** @param {Hit & {missing: string[]}} hit */
  function item(hit) {
    const about = element("p", { class: "kb-hit__about" }, element("span", { class: "kb-hit__kind" }, hit.kind));
    for (const mark of hit.marks) about.append(element("span", { class: "kb-hit__fact" }, mark));
    const made = element("li", { class: "kb-hit" }, about, element("h3", { class: "kb-hit__title" }, element("a", { href: `../${hit.path}` }, hit.title)));
    if (hit.gist) made.append(element("p", { class: "kb-hit__passage" }, hit.gist));
    if (hit.missing.length) made.append(element("p", { class: "kb-hit__section" }, `Without: ${hit.missing.join(", ")}`));
    return made;
  }

  /** A choice for each facet, of the values that occur. */
  function drawFilters() {
    const box = root.querySelector(".kb-offline-search__facets");
    const used = new Set(search.search(MiniSearch.wildcard).flatMap(({ facets: of }) => Object.entries(of).flatMap(([id, values]) => values.map((value) => `${id}:${value}`))));
    for (const { id, label, values } of facets) {
      const there = values.filter((value) => used.has(`${id}:${value.id}`));
      if (!there.length) continue;
      const select = element("select", { id: `kb-filter-${id}`, name: id }, element("option", { value: "" }, "Any"));
      for (const value of there) select.append(element("option", { value: value.id }, value.label));
      select.value = asked.get(id) ?? "";
      if (select.selectedIndex < 0) select.value = "";
      box.append(element("p", {}, element("label", { for: select.id }, label), select));
    }
    const chosen = [...box.querySelectorAll("select")].filter((select) => select.value).map((select) => select.selectedOptions[0].textContent);
    if (chosen.length) root.querySelector("summary").textContent = `Filters: ${chosen.join(", ")}`;
  }

  function draw() {
    const words = [...new Set(tokenize(question))];
    const telling = words.filter((word) => !EMPTY.has(word));
    const hits = found(telling.length ? telling : words);
    const show = (from) => {
      list.append(...hits.slice(from, from + AT_ONCE).map(item));
      more.hidden = list.children.length >= hits.length;
    };
    more.addEventListener("click", () => {
      const from = list.children.length;
      show(from);
      list.children[from]?.querySelector("a")?.focus();
    });
    form.elements.q.value = question;
    form.addEventListener("submit", () => {
      for (const field of form.elements) field.disabled = !field.value; // no empty fields in the address
    });
    addEventListener("pageshow", () => {
      for (const field of form.elements) field.disabled = false; // one has come back to this page
    });
    form.hidden = false;
    if (!words.length && !filters.length) return;
    count.textContent = hits.length ? `${hits.length.toLocaleString("en-US")} ${hits.length === 1 ? "page" : "pages"} found` : "Nothing was found. Try fewer or other words, or the lists below.";
    count.hidden = false;
    show(0);
  }

  root.querySelector(".kb-offline-search__off").remove();
  drawFilters();
  draw();
}
