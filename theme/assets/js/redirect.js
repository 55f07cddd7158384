/**
 * Leads from a short link or an old address to the page, with the #section that was asked for. A plain script in
 * the head, so that it goes before the page's own redirect, which can't keep the section.
 */
{
  const target = new URL(document.currentScript.dataset.to, location.href);
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target);
}
