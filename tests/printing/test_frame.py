"""A frame is cut once and filled for each record."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from generator.printing.frame import Frame, slot

HTML = f"<title>{slot('title')} - Rewire</title><main>{slot('body')}</main><p>{slot('title')}</p>"


def test_every_slot_is_filled_and_text_is_escaped() -> None:
    page = Frame(HTML).fill({"title": 'A <b> & "c"', "body": Markup("<p>x</p>")})
    assert page.decode() == (
        "<title>A &lt;b&gt; &amp; &quot;c&quot; - Rewire</title>"
        "<main><p>x</p></main><p>A &lt;b&gt; &amp; &quot;c&quot;</p>"
    )


def test_pieces_of_html_are_filled_in_one_after_another() -> None:
    page = Frame(HTML).fill({"title": "A", "body": iter(["<p>“", Markup("x"), "”</p>"])})
    assert page.decode() == "<title>A - Rewire</title><main><p>“x”</p></main><p>A</p>"


def test_what_is_filled_in_is_not_looked_at_again() -> None:
    page = Frame(HTML).fill({"title": slot("body"), "body": Markup("secret")})
    assert page.decode().startswith(f"<title>{slot('body')} - Rewire</title>")


def test_a_frame_without_a_place_for_the_body_is_refused() -> None:
    with pytest.raises(ValueError, match="the frame has no slot for: body"):
        Frame("<main></main>")
