"""
The searches that the benchmark of relevance compares, each as a site with a search box in it.

Ours is the built site as it is. The peers get the same pages as a reader sees them: the main text
of each record and written page, and the glossary, without the marks and the hidden words that our own
search puts into the HTML. Lists of records and the front page are left out, as ours leaves them out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pagefind.service import get_executable
from playwright.sync_api import Page as Tab


@dataclass(frozen=True, slots=True)
class System:
    """A search, and how a person and a benchmark use its page. Expressions are JavaScript."""

    name: str
    version: str
    root: Path
    """The folder to serve."""
    start: str
    """The address in it of the page with the search box."""
    box: str
    """Selector of the search box."""
    watched: str
    """Selector of the element in which results appear."""
    items: str
    """Selector of each result: a link, or an element with links."""
    answered: str
    """Function of the query: whether what is shown, if anything has changed since the query was
    typed, is the whole answer to it."""
    more: str = ""
    """Selector of the button for further results, where fewer than ten are shown at first."""
    wake: str = ""
    """A key to press after the words, where the box listens to keys and not to input."""


def ours(site: Path) -> System:
    """The search page of the built site."""
    return System(
        name="Rewire",
        version=version("rewire"),
        root=site,
        start="search/",
        box='[data-part="words"]',
        watched='[data-part="main"]',
        items=".kb-answer a[href], .kb-hit__title a",
        answered="""(query) => new URLSearchParams(location.search).get("q") === query
          && document.querySelector("#kb-search-title").textContent.includes(query)
          && document.querySelector('[data-part="main"]').getAttribute("aria-busy") === "false"
        """,
    )


@dataclass(frozen=True, slots=True)
class Text:
    """One page of the built site, read as the peers get it."""

    address: str
    """In the site, without slashes at the ends."""
    title: str
    html: str
    """The whole page; Pagefind's mark is on its main text and nowhere else."""
    markdown: str
    """The main text: headings as Markdown, so that MkDocs knows them, and the rest as HTML."""


_READ = r"""(html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = page.querySelector("article:has(h1)");
  if (!main) return null;
  for (const unread of main.querySelectorAll("[hidden], .headerlink, .kb-cite")) unread.remove();
  for (const element of page.querySelectorAll("*")) {
    for (const name of element.getAttributeNames()) {
      if (name.startsWith("data-pagefind-")) element.removeAttribute(name);
    }
  }
  main.setAttribute("data-pagefind-body", "");
  const headings = ":is(h1, h2, h3, h4, h5, h6)[id]";
  const line = (text) => text.replace(/\s+/g, " ").trim();
  const blocks = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = new Option(line(node.data)).innerHTML;
      return text ? [`<p>${text}</p>`] : [];
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return [];
    if (node.matches(headings)) {
      const text = line(node.textContent).replace(/[\\`*_{}[\]<>#&]/g, "\\$&");
      return [`${"#".repeat(Number(node.localName[1]))} ${text} {#${node.id}}`];
    }
    if (node.querySelector(headings)) return [...node.childNodes].flatMap(blocks);
    return [`<div>${line(node.outerHTML)}</div>`];
  };
  return {
    title: line(main.querySelector("h1").textContent),
    html: `<!doctype html>\n${page.documentElement.outerHTML}`,
    markdown: [...main.childNodes].flatMap(blocks).join("\n\n"),
  };
}"""


def texts(site: Path, tab: Tab) -> Iterator[Text]:
    """The pages that are compared, by address. `tab` is an empty page of a browser that parses them."""
    for path in sorted(site.glob("*/**/index.html")):
        address = path.parent.relative_to(site).as_posix()
        html = path.read_text("utf-8")
        is_list = 'class="kb-listing"' in html and address != "glossary"
        if address == "search" or is_list:
            continue
        read = tab.evaluate(_READ, html)
        if read:  # a forwarding page has no text
            yield Text(address=address, **read)


_PAGEFIND_PAGE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Search</title>
<link href="/pagefind/pagefind-ui.css" rel="stylesheet">
<script src="/pagefind/pagefind-ui.js"></script>
<div id="search"></div>
<script>
window.addEventListener("DOMContentLoaded", () => {
  new PagefindUI({ element: "#search", showSubResults: true });
});
</script>
</html>
"""


def pagefind(pages: list[Text], root: Path) -> System:
    """Pagefind with default options and weights, and its default interface as its manual sets it up."""
    for page in pages:
        path = root / page.address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.html, encoding="utf-8")
    _run([str(get_executable()), "--site", "."], root)
    (root / "index.html").write_text(_PAGEFIND_PAGE)
    return System(
        name="Pagefind",
        version=version("pagefind"),
        root=root,
        start="",
        box=".pagefind-ui__search-input",
        watched=".pagefind-ui__drawer",
        items=".pagefind-ui__result",
        answered=r"""(query) => {
          const said = document.querySelector(".pagefind-ui__message")?.textContent ?? "";
          return said.replace(/^\s*(No|[\d,]+) results? for /, "").trim() === query
            && !document.querySelector(".pagefind-ui__loading");
        }""",
        more=".pagefind-ui__results-area > .pagefind-ui__button",
    )


_MKDOCS = """\
site_name: Rewire
site_url: http://127.0.0.1/
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [attr_list]
nav: [{Search: index.md}]
not_in_nav: "/*/"
"""


def material(pages: list[Text], root: Path) -> System:
    """Material for MkDocs with its own search plugin, default options."""
    docs = root / "docs"
    docs.mkdir(parents=True)
    (root / "mkdocs.yml").write_text(_MKDOCS)
    (docs / "index.md").write_text("---\nsearch: {exclude: true}\n---\n\n# Search\n")
    for page in pages:
        path = docs / page.address / "index.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f"---\ntitle: {json.dumps(page.title)}\n---\n\n"
        path.write_text(head + page.markdown + "\n", encoding="utf-8")
    _run([sys.executable, "-m", "mkdocs", "build", "--quiet"], root)
    return System(
        name="Material",
        version=version("mkdocs-material"),
        root=root / "site",
        start="",
        box=".md-search__input",
        watched=".md-search-result",
        items=".md-search-result__item",
        answered="""() => / matching documents?$/
          .test(document.querySelector(".md-search-result__meta").textContent.trim())""",
        wake="End",
    )


def _run(command: list[str], cwd: Path) -> None:
    """Run a program to its end; what it said, if it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def build(library: Path, folder: Path) -> Path:
    """Build the library into a folder below `folder`, and return that."""
    site = folder / "site"
    _run([sys.executable, "-m", "generator", "build", "--site", str(site)], library)
    return site
