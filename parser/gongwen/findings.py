"""Findings: what a reader of the data should know, each made here from the catalogue in schema/codelists/finding_codes.csv.

The catalogue has a severity and a message in English and in Chinese for each code. A message is a template: what stands in
braces are the names of the params that the finding must come with, so that a program needn't take sentences apart.
"""

from __future__ import annotations

import string
from functools import cache

from gongwen import schemas
from gongwen.model import Finding, Severity, Span

_LONGEST_PARAM = 200  # characters of a value that is quoted: a finding points at a place, it doesn't repeat it


def finding(code: str, span: Span | None = None, **params: str | int) -> Finding:
    """The finding ``code`` at ``span`` of the source, its messages filled in with ``params``.

    Raises KeyError where the catalogue has no such code, or its messages name other params than these.

    >>> finding("task-without-units", Span(3, 6), marker="（二）").message_zh
    '（二）未写明责任单位，而同级各项大多写明'
    """
    severity, message, message_zh, names = _row(code)
    if names != params.keys():
        raise KeyError(f"{code} takes {', '.join(sorted(names)) or 'no params'}, not {', '.join(sorted(params))}")
    values = {name: _shortened(str(value)) for name, value in params.items()}
    return Finding(code, severity, message.format(**values), message_zh.format(**values), values, span)


@cache
def _row(code: str) -> tuple[Severity, str, str, frozenset[str]]:
    """Severity, messages and names of params of a code."""
    row = schemas.codelist("finding_codes")[code]
    severity: Severity = row["severity"]  # type: ignore[assignment]  # tests hold the list and the literal together
    return severity, row["message_en"], row["message_zh"], params_of(row["message_en"])


def params_of(message: str) -> frozenset[str]:
    """The names of the params in a message of the catalogue."""
    return frozenset([name for _, name, _, _ in string.Formatter().parse(message) if name])


def _shortened(value: str) -> str:
    return value if len(value) <= _LONGEST_PARAM else value[: _LONGEST_PARAM - 1] + "…"
