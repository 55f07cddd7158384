/**
 * Which case studies are compared, as an address and as a choice kept while one reads on. Addresses may have been
 * typed or cut: what cannot be used is named, never an error.
 */

/** More columns than this cannot be read side by side. */
export const MOST = 4;

const KEY = "kb-compare";

/**
 * The ids that an address asks for, at most `MOST` that are known.
 * @param {string} query
 * @param {(id: string) => boolean} known
 * @returns {{ids: string[], unknown: string[], left: number}} `left` is how many known ones did not fit
 */
export function parseIds(query, known) {
  const written = (new URLSearchParams(query).get("ids") ?? "").slice(0, 2000).split(",");
  const asked = [...new Set(written.map((id) => id.trim().toLowerCase()).filter(Boolean))];
  const there = asked.filter(known);
  return {
    ids: there.slice(0, MOST),
    unknown: asked.filter((id) => !known(id)),
    left: Math.max(0, there.length - MOST),
  };
}

/**
 * The query part of the address that shows some case studies; empty for none.
 * @param {string[]} ids
 */
export function formatIds(ids) {
  return ids.length ? `?ids=${ids.map(encodeURIComponent).join(",")}` : "";
}

/**
 * The id of the case study at an address, or nothing where another kind of page is there.
 * @param {string} path from the site's root, such as `casestudies/cuny-asap/`
 */
export function caseStudyAt(path) {
  return path.match(/^casestudies\/([^/]+)/)?.[1] ?? "";
}

/**
 * @typedef {{id: string, title: string}} Chosen
 */

/** The choice, kept for this browser where it lets us, else for this page. Tells of each "change". */
class Choice extends EventTarget {
  /** @type {Chosen[]} */
  #memory = [];

  /** @returns {Chosen[]} */
  get all() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "null");
      if (Array.isArray(kept)) return kept.filter((one) => typeof one?.id === "string" && typeof one?.title === "string").slice(0, MOST);
    } catch {
      // No storage, or not ours: the choice of this page is what there is.
    }
    return this.#memory;
  }

  /** @param {Chosen[]} chosen */
  set all(chosen) {
    this.#memory = chosen;
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // As above.
    }
    this.dispatchEvent(new Event("change"));
  }

  /** @param {string} id */
  has(id) {
    return this.all.some((one) => one.id === id);
  }

  /**
   * Take one in, or out if it is in; false where there is no room.
   * @param {Chosen} one
   */
  toggle(one) {
    const all = this.all;
    if (this.has(one.id)) this.all = all.filter((other) => other.id !== one.id);
    else if (all.length < MOST) this.all = [...all, one];
    else return false;
    return true;
  }
}

export const choice = new Choice();
