/**
 * What moves around a page's text: the header's shadow, the tabs, the lists at the sides, the way back to the top, and what a
 * printed page opens.
 *
 * Does what Material for MkDocs 9.8.2's own script does with the parts of it that this site has, in a twentieth of its
 * size. A plain script, so that it works in the offline edition too; without it, everything is there and stands still.
 */
"use strict";

{
  const HEADER = document.querySelector(".md-header");
  const TABS = document.querySelector(".md-tabs");
  const MAIN = document.querySelector(".md-main");
  const GRID = MAIN?.querySelector(".md-main__inner");
  const TOP = document.querySelector(".md-top");

  /** The lists at the sides, each with the narrowest window in which it stands beside the text. */
  const SIDES = [...document.querySelectorAll(".md-sidebar")].map((side) => ({
    side,
    inner: side.querySelector(".md-sidebar__scrollwrap"),
    beside: matchMedia(side.classList.contains("md-sidebar--primary") ? "(min-width: 76.25em)" : "(min-width: 60em)"),
  }));

  /** Each link of a list of contents with the heading that it leads to, a list for each such list. */
  const CONTENTS = [...document.querySelectorAll('[data-md-component="toc"]')].map((list) =>
    [...list.querySelectorAll("a.md-nav__link")].flatMap((link) => {
      const heading = document.getElementById(decoded(link.hash));
      return heading ? [{ link, heading }] : [];
    }),
  );

  let last = scrollY;
  let waiting = false;

  function renew() {
    waiting = false;
    const y = scrollY;
    const header = HEADER.offsetHeight;
    const start = MAIN.offsetTop - header;
    HEADER.classList.toggle("md-header--shadow", y >= start);
    if (TABS) TABS.hidden = y - TABS.offsetTop + header >= 10;
    stretchSides(y, start, header);
    // A heading that one goes to stands a gap below the header.
    for (const links of CONTENTS) mark(links, y + header + GRID.offsetTop - MAIN.offsetTop);
    if (y !== last) showTop(y >= start && y < last && y > 0);
    last = y;
  }

  /** Lets each list be as high as the part of the text that is in the window, and scroll by itself. */
  function stretchSides(y, start, header) {
    const gap = GRID.offsetTop - MAIN.offsetTop;
    const above = Math.max(0, MAIN.offsetTop - y, header);
    const below = Math.max(0, innerHeight + y - MAIN.offsetTop - MAIN.offsetHeight);
    const height = Math.max(0, innerHeight - above - below) + Math.min(gap, Math.max(0, y - start)) - gap;
    for (const { side, inner, beside } of SIDES) {
      side.style.top = beside.matches ? `${header}px` : "";
      inner.style.height = beside.matches ? `${height - 2 * inner.offsetTop}px` : "";
    }
  }

  /** Marks the headings that one has passed, and the one that one is at, in a list of contents. */
  function mark(links, line) {
    const atEnd = scrollY + innerHeight >= Math.floor(document.body.offsetHeight);
    const passed = atEnd ? links : links.filter(({ heading }) => placeOf(heading) < line);
    const active = passed.at(-1)?.link;
    for (const { link } of links) link.classList.remove("md-nav__link--passed");
    for (const { link } of passed) link.classList.add("md-nav__link--passed");
    if (!active) for (const { link } of links) link.classList.remove("md-nav__link--active");
    if (!active || active.classList.contains("md-nav__link--active")) return;
    for (const { link } of links) link.classList.toggle("md-nav__link--active", link === active);
    bringIntoView(active);
  }

  /** How far down the page an element is; one that is not shown is where what it is in is. */
  function placeOf(element) {
    while (!element.getClientRects().length && element.parentElement) element = element.parentElement;
    return element.getBoundingClientRect().top + scrollY;
  }

  /** Scrolls the list that a link is in, and nothing else, until the link is in its middle. */
  function bringIntoView(link) {
    const list = link.closest(".md-sidebar__scrollwrap");
    if (list && link.offsetHeight) list.scrollTo({ top: link.offsetTop - list.offsetTop - list.offsetHeight / 2 });
  }

  /** The way back up is offered to those who have begun to go there. */
  function showTop(shown) {
    if (!TOP) return;
    TOP.hidden = !shown;
    TOP.style.top = `${HEADER.offsetHeight + 16}px`;
    if (shown) TOP.removeAttribute("tabindex");
    else TOP.setAttribute("tabindex", "-1");
  }

  function renewSoon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(renew);
  }

  /** Opens what the address names a part of, and closes the drawer that its link may have been in. */
  function follow() {
    const target = document.getElementById(decoded(location.hash));
    const details = target?.closest("details:not([open])");
    if (details) {
      details.open = true;
      details.scrollIntoView();
    }
    const drawer = document.getElementById("__drawer");
    if (drawer) drawer.checked = false;
    showTop(false);
  }

  /** @type {HTMLDetailsElement[]} what was opened for paper only */
  let opened = [];

  /** Paper shows what is folded on a screen. */
  function unfold(begins) {
    if (begins) opened.push(...document.querySelectorAll(".md-content details:not([open])"));
    for (const details of opened) details.open = begins;
    if (!begins) opened = [];
  }

  /** A wide table scrolls by itself, and not the page with it. */
  function wrapTables() {
    for (const table of document.querySelectorAll(".md-content table:not([class])")) {
      const [outer, inner] = ["md-typeset__scrollwrap", "md-typeset__table"].map((name) => {
        const box = document.createElement("div");
        box.className = name;
        return box;
      });
      table.replaceWith(outer);
      outer.append(inner);
      inner.append(table);
    }
  }

  /** Code that is wider than its box can be scrolled by keyboard. */
  function reachCode() {
    const all = [...document.querySelectorAll("pre > code")];
    const wide = new Set(all.filter((code) => code.scrollWidth > code.clientWidth));
    for (const code of all) {
      if (wide.has(code)) code.tabIndex = 0;
      else code.removeAttribute("tabindex");
    }
  }

  /** @param {string} hash of an address; one that was cut names nothing */
  function decoded(hash) {
    try {
      return decodeURIComponent(hash.slice(1));
    } catch {
      return "";
    }
  }

  if (HEADER && MAIN && GRID) {
    wrapTables();
    showTop(false);
    renew();
    for (const link of document.querySelectorAll(".md-sidebar .md-nav__link--active[href]")) bringIntoView(link);
    if (location.hash) follow();
    addEventListener("scroll", renewSoon, { passive: true });
    addEventListener("resize", renewSoon, { passive: true });
    new ResizeObserver(() => {
      reachCode();
      renewSoon();
    }).observe(document.body);
    addEventListener("hashchange", follow);
    addEventListener("beforeprint", () => unfold(true));
    addEventListener("afterprint", () => unfold(false));
    TOP?.addEventListener("click", () => scrollTo({ top: 0 }));
  }
}
