/**
 * Where links by id lead, as generator/resolver.py has it.
 *
 * @typedef {{address: string, path: string, title: string}} Target
 */

export class Links {
  /** @type {Map<string, Target>} */ #byAddress = new Map();
  /** @type {Map<string, Target[]>} */ #byId = new Map();

  /** @param {Record<string, {anchored: boolean, titles: Record<string, string>}>} pages by the first part of the address */
  constructor(pages) {
    for (const [folder, { anchored, titles }] of Object.entries(pages)) {
      for (const [id, title] of Object.entries(titles)) {
        const address = `${folder}/${id}`;
        const target = { address, path: anchored ? `${folder}/#${id}` : `${address}/`, title };
        this.#byAddress.set(address, target);
        this.#byId.set(id, [...(this.#byId.get(id) ?? []), target]);
      }
    }
  }

  /**
   * The pages that the part of a link after `kb:` may mean: one, if the link is good.
   * @param {string} written
   * @returns {Target[]}
   */
  resolve(written) {
    const [name, part] = written.split("#", 2);
    const key = name.replace(/^\/+|\/+$/g, "").toLowerCase();
    const found = this.#byAddress.get(key);
    const all = found ? [found] : (this.#byId.get(key) ?? []);
    // A record with a page of its own comes before a term of the glossary with the same id.
    const pages = all.filter((target) => !target.path.includes("#"));
    const targets = pages.length ? pages : all;
    return targets.map((target) => (part && !target.path.includes("#") ? { ...target, path: `${target.path}#${part}` } : target));
  }
}
