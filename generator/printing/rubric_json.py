"""Writes what the rubric's page reads in a browser."""

from __future__ import annotations

from ..library import Library
from ..views.rubric_data import case_data, rubric_data
from .site import Site


def write_rubric(library: Library, site: Site) -> None:
    """
    Write /assess/rubric.json, if the library has a rubric, and /assess/cases/STATE.json.

    What a browser loads is bounded, however many case studies there are: a few for each combination of question,
    population and setting, and those of one state when somebody chooses it.
    """
    if library.rubric is None:
        return
    cases, of_states = case_data(library, library.rubric)
    data = rubric_data(library, library.rubric)
    site.write_json("assess/rubric.json", {**data, "cases": cases, "states": list(of_states)})
    for state, more in of_states.items():
        site.write_json(f"assess/cases/{state}.json", more)
