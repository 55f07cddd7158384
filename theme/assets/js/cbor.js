/**
 * Reads CBOR (RFC 8949), as far as Pagefind writes it: unsigned and negative numbers, texts, arrays.
 *
 * @typedef {number | string | Item[]} Item
 */

const UNSIGNED = 0;
const NEGATIVE = 1;
const TEXT = 3;
const ARRAY = 4;

/**
 * The one item that some bytes hold. Throws where they are anything else.
 * @param {Uint8Array} bytes
 * @returns {Item}
 */
export function decode(bytes) {
  const texts = new TextDecoder();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  /** @param {number} short what the first byte says of the number */
  const number = (short) => {
    if (short < 24) return short;
    const from = at;
    at += 2 ** (short - 24);
    if (short === 24) return view.getUint8(from);
    if (short === 25) return view.getUint16(from);
    if (short === 26) return view.getUint32(from);
    throw new Error(`no number begins with ${short}`);
  };

  /** @returns {Item} */
  const item = () => {
    const first = view.getUint8(at++);
    const value = number(first & 31);
    switch (first >> 5) {
      case UNSIGNED:
        return value;
      case NEGATIVE:
        return -1 - value;
      case TEXT:
        at += value;
        return texts.decode(bytes.subarray(at - value, at));
      case ARRAY: {
        const items = [];
        for (let index = 0; index < value; index++) items.push(item());
        return items;
      }
      default:
        throw new Error(`kind ${first >> 5} is not expected`);
    }
  };

  const found = item();
  if (at !== bytes.length) throw new Error("more bytes than one item has");
  return found;
}
