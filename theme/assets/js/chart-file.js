/**
 * A drawing of the page as a file of its own: colors and type, which the page's style sheet gives, are written
 * into it, with a title above and the source below.
 */

const SVG = "http://www.w3.org/2000/svg";
/** What a drawing takes from the style sheet. */
const STYLES = ["fill", "stroke", "stroke-width", "stroke-dasharray", "font-size", "font-weight", "text-anchor", "paint-order"];
const FONT = "Helvetica, Arial, sans-serif";
const [HEAD, FOOT, EDGE] = [26, 20, 8];

/**
 * @typedef {object} File
 * @property {string} text
 * @property {number} width
 * @property {number} height
 */

/**
 * @param {SVGSVGElement} svg
 * @param {string} title
 * @param {string} source the page's address
 * @returns {File}
 */
export function standalone(svg, title, source) {
  const copy = /** @type {SVGSVGElement} */ (svg.cloneNode(true));
  const from = [svg, ...svg.querySelectorAll("*")];
  [copy, ...copy.querySelectorAll("*")].forEach((node, at) => {
    const style = getComputedStyle(from[at]);
    for (const name of STYLES) node.setAttribute(name, style.getPropertyValue(name));
    for (const name of ["class", "href", "tabindex", "role", "aria-label", "aria-labelledby"]) node.removeAttribute(name);
  });
  const { x, y, width, height } = svg.viewBox.baseVal;
  const all = { width: width + 2 * EDGE, height: height + HEAD + FOOT };
  const page = getComputedStyle(document.body);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("viewBox", `${x - EDGE} ${y - HEAD} ${all.width} ${all.height}`);
  copy.setAttribute("width", String(all.width));
  copy.setAttribute("height", String(all.height));
  copy.setAttribute("font-family", FONT);
  const ground = node("rect", { x: x - EDGE, y: y - HEAD, ...all, fill: page.getPropertyValue("--kb-color-ground") });
  const ink = { x: x + 2, fill: page.color, "font-family": FONT };
  copy.prepend(ground, node("text", { ...ink, y: y - 10, "font-size": 12, "font-weight": 600 }, title));
  copy.append(node("text", { ...ink, y: y + height + 13, "font-size": 8 }, `Rewire, ${source}`));
  return { text: new XMLSerializer().serializeToString(copy), ...all };
}

/**
 * The file as a picture, three dots for each unit of the drawing.
 * @param {File} file
 * @returns {Promise<Blob>}
 */
export async function png(file) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(file.text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = file.width * 3;
  canvas.height = file.height * 3;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large."))), "image/png");
  });
}

/**
 * Hand a file to the reader.
 * @param {Blob} blob
 * @param {string} name
 */
export function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 * @param {string} [text]
 */
function node(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.textContent = text;
  return made;
}
