/** Dragging the entries of a deck to another place; buttons do the same for everybody who does not drag. */

/**
 * @param {HTMLElement} list its items have their entry's id in `data-id` and something draggable in them
 * @param {(dragged: string, target: string) => void} drop told the ids when one is dropped on another
 * @param {AbortSignal} signal ends the listening
 */
export function listenToDragging(list, drop, signal) {
  let dragged = "";
  const itemOf = (/** @type {Event} */ event) => (event.target instanceof Element ? event.target.closest("li") : null);
  const mark = (/** @type {Element | null} */ item) => {
    for (const one of list.children) one.toggleAttribute("data-over", one === item);
  };
  const start = (/** @type {DragEvent} */ event) => {
    const item = itemOf(event);
    if (!item || !event.dataTransfer) return;
    dragged = item.dataset.id ?? "";
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.querySelector(".kb-entry__title")?.textContent ?? "");
    event.dataTransfer.setDragImage(item, 0, 0);
  };
  const over = (/** @type {DragEvent} */ event) => {
    if (!dragged) return;
    event.preventDefault(); // which allows to drop here
    mark(itemOf(event));
  };
  const dropped = (/** @type {DragEvent} */ event) => {
    const target = itemOf(event)?.dataset.id;
    if (!dragged || !target) return;
    event.preventDefault();
    drop(dragged, target);
  };
  const end = () => {
    dragged = "";
    mark(null);
  };
  list.addEventListener("dragstart", start, { signal });
  list.addEventListener("dragover", over, { signal });
  list.addEventListener("drop", dropped, { signal });
  list.addEventListener("dragend", end, { signal });
}
