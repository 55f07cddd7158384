/** A deck as a Markdown text, for a memo, a wiki or an e-mail. */

import { INDEPENDENT, outcomeBasis, outcomeSentence, sourcesOf } from "./deck-talk.js";

/** @typedef {import("./deck-talk.js").Talk} Talk */
/** @typedef {import("./deck-talk.js").Item} Item */

/**
 * @param {Talk} talk
 * @returns {string}
 */
export function markdown(talk) {
  return [`# ${safe(talk.title)}`, ...talk.items.map(section), "---", INDEPENDENT, ""].join("\n\n");
}

/** @param {Item} item */
function section(item) {
  const { card, outcome } = item;
  const parts = [`## ${safe(item.title)}`, `${safe(item.kind)}: <${item.short}>`];
  if (item.note) parts.push(item.note.split("\n").map((line) => `> ${safe(line)}`).join("\n"));
  if (outcome) {
    parts.push(safe(outcomeSentence(outcome)), safe(outcomeBasis(outcome)), `As printed: “${safe(outcome.printed)}”`);
  } else {
    parts.push(safe(card.summary), list(card.facts.map(([name, text]) => `**${safe(name)}** ${safe(text)}`)));
    if (card.note) parts.push(safe(card.note));
    if (card.outcomes.length) {
      const lines = card.outcomes.map((one) => safe(`${outcomeSentence(one)} ${outcomeBasis(one)} [${one.source}]`));
      parts.push("### Outcomes", list(lines));
    }
    for (const { title, items } of card.sections) parts.push(`### ${safe(title)}`, list(items.map(safe)));
  }
  parts.push("### Sources", list(sourcesOf(item).map((s) => `${s.number}: ${safe(s.title)}. ${safe(s.about)}. <${s.url}>`)));
  parts.push(`Last checked against its sources on ${card.checked}.`);
  return parts.join("\n\n");
}

/** @param {string[]} lines */
function list(lines) {
  return lines.map((line) => `- ${line}`).join("\n");
}

/**
 * Text as text: what would be markup gets a backslash.
 * @param {string} text
 */
function safe(text) {
  return text.replace(/[\\`*_<>]/g, "\\$&").replace(/^([#>+-]|\d+\.)(?=\s)/, "\\$1");
}
