/**
 * A draft, kept in this browser and nowhere else.
 *
 * A draft that this form can't read (of another version, or broken) is put aside, never overwritten.
 */

const PREFIX = "rewire-draft:";

export class Draft {
  /**
   * @param {string} name what the draft is of: "new", or the id of a record
   * @param {number} version the version of the shape in which a draft is kept
   */
  constructor(name, version) {
    this.key = PREFIX + name;
    this.version = version;
  }

  /** Whether this browser lets us keep anything. */
  static allowed() {
    try {
      localStorage.setItem(`${PREFIX}?`, "1");
      localStorage.removeItem(`${PREFIX}?`);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * The draft's value and when it was saved, or null.
   * @returns {{value: any, saved: string} | null}
   */
  load() {
    const text = read(this.key);
    if (text === null) return null;
    try {
      const { version, value, saved } = JSON.parse(text);
      if (version === this.version && value && typeof value === "object" && !Array.isArray(value)) {
        return { value, saved: String(saved ?? "") };
      }
    } catch {
      // Not JSON: put aside as it is.
    }
    this.putAside(text);
    return null;
  }

  /** @param {string} text */
  putAside(text) {
    const before = this.aside();
    if (write(`${this.key}:aside`, before ? `${before}\n\n${text}` : text)) remove(this.key);
  }

  /** What was put aside, as text; empty where there is nothing. */
  aside() {
    return read(`${this.key}:aside`) ?? "";
  }

  forgetAside() {
    remove(`${this.key}:aside`);
  }

  /**
   * @param {any} value
   * @param {Date} now
   * @returns {boolean} false where the browser refused
   */
  save(value, now) {
    return write(this.key, JSON.stringify({ version: this.version, saved: now.toISOString(), value }));
  }

  forget() {
    remove(this.key);
  }
}

/** @param {string} key */
function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} text
 */
function write(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false; // blocked, or full
  }
}

/** @param {string} key */
function remove(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing is kept where nothing may be.
  }
}
