"""Which records may be one: examples that the form in the browser answers alike (tests/browser/test_form.py)."""

from __future__ import annotations

from itertools import combinations

import pytest

from generator.alike import Alike, Named
from generator.build import read_library
from tests.conftest import PROJECT

KNOWN = [
    Named("asap", "CUNY ASAP: full support for three years", ("City University of New York (CUNY)",)),
    Named("p-tech", "P-TECH: school, college and an employer in one", ("School District",)),
    Named("larca", "Los Angeles Reconnections Career Academy", ("City of Los Angeles (EWDD)",)),
    Named("scholas", "Per Scholas: free IT training"),
    Named("roca", "Massachusetts Juvenile Justice Pay for Success (Roca)"),
    Named("care", "Veterans CARE Pay for Success"),
    Named("muller", "Müller Academy of Welding"),
    Named("a", "Apprenticeship in Ohio"),
    Named("b", "Apprenticeship in Iowa"),
    Named("c", "Apprenticeship in Maine"),
    Named("d", "Apprenticeship in Utah"),
    Named("hebrew", "תוכנית הכשרה"),
]  # fmt: skip
ASKED = [
    (Named("", "Cuny Asap"), ["asap"]),
    (Named("asap", "CUNY ASAP: full support for three years"), []),  # itself
    (Named("", "The City University's ASAP in New York"), ["asap"]),
    (Named("", "PTECH"), ["p-tech"]),
    (Named("", "Per Scolas Training"), ["scholas"]),
    (Named("", "Pay for success"), ["roca", "care"]),
    (Named("", "Mueller academy"), ["muller"]),
    (Named("", "MULLER ACADEMY"), ["muller"]),
    (Named("", "Apprenticeship"), []),
    (Named("", "Night school for bakers"), []),
    (Named("", "Los Angeles Pilot"), ["larca"]),
    (Named("", "Los Angeles Job Corps Pilot", ("Somebody",)), []),
    (Named("", "Los Angeles Job Corps Pilot", ("City of Los Angeles",)), ["larca"]),
    (Named("", ""), []),
    (Named("", "תוכנית הכשרה"), []),
]


@pytest.mark.parametrize(("named", "wanted"), ASKED, ids=[named.title for named, _ in ASKED])
def test_who_may_be_one(named: Named, wanted: list[str]) -> None:
    assert [record.id for record in Alike(KNOWN).to(named)] == wanted


def test_the_real_library_is_not_suspected() -> None:
    """Two programs of one city are pointed out to each other; no other two."""
    known = [Named.of(case) for case in read_library(PROJECT).case_studies]
    alike = Alike(known)
    found = {frozenset((r.id, other.id)) for r in known for other in alike.to(r)}
    assert found <= {
        frozenset(pair)
        for pair in combinations(
            (
                "los-angeles-reconnections-career-academy",
                "los-angeles-performance-partnership-pilot",
            ),
            2,
        )
    }
