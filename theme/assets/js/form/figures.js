/** Outcomes as the page prints them (generator/views/case_study.py). */

/**
 * A figure with its unit.
 * @param {any} value
 * @param {any} outcome
 */
export function figure(value, outcome, signed = false) {
  if (typeof value !== "number") return String(value ?? "");
  const per = outcome.per ? ` a ${outcome.per}` : "";
  const number = signed && value > 0 ? `+${plain(value)}` : plain(value);
  switch (outcome.unit) {
    case "percent":
      return `${number}%${per}`;
    case "percentage-points":
      return `${number} points${per}`;
    case "usd":
      return `${/^[+−]/.test(number) ? number[0] : ""}${dollars(Math.abs(value))}${per}`;
    case "count":
      return `${number}${per}`;
    default:
      return `${number} ${outcome.unit ?? ""}${per}`.trim();
  }
}

/**
 * The difference to the comparison, with its sign; empty where there is nothing to compare.
 * @param {any} outcome
 */
export function difference(outcome) {
  if (typeof outcome.comparison !== "number" || typeof outcome.value !== "number") return "";
  const gap = Math.round((outcome.value - outcome.comparison) * 100) / 100;
  return figure(gap, outcome.unit === "percent" ? { ...outcome, unit: "percentage-points", per: "" } : outcome, true);
}

/** @param {number} value */
export function dollars(value) {
  const digits = Number.isInteger(value) ? 0 : 2;
  return `$${value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** @param {number} value */
function plain(value) {
  return value.toLocaleString("en-US", { maximumFractionDigits: 2 }).replace("-", "−");
}
