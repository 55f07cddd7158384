/**
 * Sets the colors that the reader chose in the header, as soon as it can and without holding up the page: until it
 * has run, `html` has the class `no-js` and the style sheet follows the system (`generator/printing/assets.py`).
 *
 * A plain script, so that it works in the offline edition too. In the place of a part of Material for
 * MkDocs 9.8.2's script, with the same place and form in storage, so that what was chosen stays chosen. Storage may be
 * forbidden; the choice then lasts as long as the page.
 */
"use strict";

{
  // The site's root: this file is three folders below it.
  const KEY = `${new URL("../../../", document.currentScript.src).pathname}.__palette`;
  const AUTOMATIC = "(prefers-color-scheme)";
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** @returns {{index: number, color: Record<string, string>}} */
  const stored = () => {
    try {
      const { index, color } = JSON.parse(localStorage.getItem(KEY));
      if (Number.isInteger(index) && typeof color.media === "string" && /^(default|slate)$/.test(color.scheme)) return { index, color };
    } catch {
      // Forbidden, nothing there, or not ours.
    }
    return { index: 0, color: { media: AUTOMATIC } };
  };

  let chosen = stored();

  const show = () => {
    const color = { primary: "custom", accent: "custom", ...chosen.color };
    if (color.media === AUTOMATIC) color.scheme = dark.matches ? "slate" : "default";
    for (const [key, value] of Object.entries(color)) document.body.setAttribute(`data-md-color-${key}`, value);
    document.documentElement.classList.replace("no-js", "js");
    document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", color.scheme === "slate" ? "dark" : "light");
  };

  /** @returns {HTMLInputElement[]} the ways to choose, in the order in which the button goes through them */
  const options = () => [...document.querySelectorAll('[data-md-component="palette"] input')];

  /** Shows the one button that leads to the next choice. */
  const showButton = () => {
    for (const [index, option] of options().entries()) option.nextElementSibling.hidden = index !== chosen.index;
  };

  /** @param {HTMLInputElement} option */
  const choose = (option) => {
    const of = (key) => option.getAttribute(`data-md-color-${key}`);
    chosen = {
      index: options().indexOf(option),
      color: { media: of("media"), scheme: of("scheme"), primary: of("primary"), accent: of("accent") },
    };
    try {
      localStorage.setItem(KEY, JSON.stringify(chosen));
    } catch {
      // Forbidden or full, as above.
    }
    // Colors change at once; Material lets some of them fade.
    document.body.setAttribute("data-md-color-switching", "");
    show();
    showButton();
    setTimeout(() => document.body.removeAttribute("data-md-color-switching"));
  };

  dark.addEventListener("change", show);
  document.addEventListener("change", (event) => {
    if (event.target.matches('[data-md-component="palette"] input')) choose(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches('[data-md-component="palette"] input')) return;
    const all = options();
    const next = all[(chosen.index + 1) % all.length];
    next.click();
    next.focus();
  });

  // It may be here before the body is.
  const start = () => {
    if (document.body) show();
    return document.body !== null;
  };
  if (!start()) {
    new MutationObserver((_, observer) => {
      if (start()) observer.disconnect();
    }).observe(document.documentElement, { childList: true });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", showButton);
  else showButton();
}
