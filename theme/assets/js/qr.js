/** QR codes of addresses, by a kept library: as an SVG element for pages, as a PNG for slides. */

import { el } from "./dom.js";
import qrcode from "../vendor/qrcode.js";

/** White modules around the code that readers need: ISO/IEC 18004 asks for four. */
const QUIET = 4;
/** Pixels for each module of a PNG: enough to stay sharp on a projector. */
const SCALE = 12;

/** @param {string} text */
function modules(text) {
  const code = qrcode(0, "M"); // the smallest that holds the text; level M mends 15 percent
  code.addData(text);
  code.make();
  return code;
}

/**
 * @param {string} text
 * @param {string} label what a screen reader says
 * @returns {SVGSVGElement}
 */
export function qrSvg(text, label) {
  const code = modules(text);
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  const size = String(count + 2 * QUIET);
  const svg = svgEl("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": label, class: "kb-qr" });
  svg.append(
    svgEl("rect", { width: size, height: size, class: "kb-qr__ground" }),
    svgEl("path", { d: path, class: "kb-qr__code" }),
  );
  return /** @type {SVGSVGElement} */ (svg);
}

/**
 * @param {string} text
 * @returns {string} a data address
 */
export function qrPng(text) {
  const code = modules(text);
  const count = code.getModuleCount();
  const side = (count + 2 * QUIET) * SCALE;
  const canvas = el("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser can't draw.");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, side, side);
  context.fillStyle = "#000";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) context.fillRect((column + QUIET) * SCALE, (row + QUIET) * SCALE, SCALE, SCALE);
    }
  }
  return canvas.toDataURL("image/png");
}

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 */
function svgEl(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
