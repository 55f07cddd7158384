"""
Prints findings for programs: GitHub's annotations, JSON and SARIF.

- ``github``: a workflow command for each finding, which GitHub shows on the line it is about.
- ``json``: an object with ``version`` (1), ``findings`` (each with path, line, column, end_column, code,
  message, hint and help, an address) and ``summary`` (findings, files, and codes with their counts).
  Lines and columns count from 1, in characters; ``end_column`` is the one behind the last.
- ``sarif``: the Static Analysis Results Interchange Format, version 2.1.0, for code scanning.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from .checks.explanations import EXPLANATIONS
from .diagnostics import Diagnostic, Findings

FINDINGS_PAGE = "contribute/findings/"
"""The page that explains every code, relative to the site's root; each code is an anchor on it."""


def help_address(code: str, site_url: str) -> str:
    """Where a code is explained; empty where nobody has said where the site stands."""
    return f"{site_url}{FINDINGS_PAGE}#{code}" if site_url else ""


def github(findings: Findings, site_url: str) -> str:
    """One ``::error`` command a finding (docs.github.com: workflow commands)."""
    return "".join(_annotation(finding, site_url) for finding in findings)


def _annotation(finding: Diagnostic, site_url: str) -> str:
    properties = {
        "file": finding.path,
        "line": finding.line,
        "col": finding.column,
        "endColumn": finding.column + finding.length,
        "title": finding.code,
    }
    named = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    told = "\n".join(
        part
        for part in (finding.message, finding.hint, help_address(finding.code, site_url))
        if part
    )
    return f"::error {named}::{_data(told)}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(findings: Findings, site_url: str) -> str:
    """The findings as one JSON object."""
    found = list(findings)
    return _printed(
        {
            "version": 1,
            "findings": [
                {
                    "path": finding.path,
                    "line": finding.line,
                    "column": finding.column,
                    "end_column": finding.column + finding.length,
                    "code": finding.code,
                    "message": finding.message,
                    "hint": finding.hint,
                    "help": help_address(finding.code, site_url),
                }
                for finding in found
            ],
            "summary": {
                "findings": len(found),
                "files": len({finding.path for finding in found}),
                "codes": dict(sorted(Counter(finding.code for finding in found).items())),
            },
        }
    )


def sarif(findings: Findings, site_url: str) -> str:
    """The findings as a SARIF log with one run; its rules are the codes that were found."""
    found = list(findings)
    codes = sorted({finding.code for finding in found})
    driver: dict[str, Any] = {"name": "kb", "rules": [_rule(code, site_url) for code in codes]}
    if site_url:
        driver["informationUri"] = site_url
    return _printed(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "columnKind": "unicodeCodePoints",
                    "results": [_result(finding, codes.index(finding.code)) for finding in found],
                }
            ],
        }
    )


def _rule(code: str, site_url: str) -> dict[str, Any]:
    explained = EXPLANATIONS.get(code)
    rule: dict[str, Any] = {"id": code}
    if explained:
        rule |= {
            "shortDescription": {"text": explained.title},
            "fullDescription": {"text": explained.meaning},
        }
    if site_url:
        rule["helpUri"] = help_address(code, site_url)
    return rule


def _result(finding: Diagnostic, rule: int) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": f"{finding.message}. {finding.hint}".strip()},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(finding.path)},
                    "region": {
                        "startLine": finding.line,
                        "startColumn": finding.column,
                        "endColumn": finding.column + finding.length,
                    },
                }
            }
        ],
    }


def _printed(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


FORMATS: dict[str, Callable[[Findings, str], str]] = {
    "github": github,
    "json": as_json,
    "sarif": sarif,
}
