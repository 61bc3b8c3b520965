"""The vocabulary: the words by which notices are read, as CSV files that say what each means, where, and where it is known from.

``codes.csv`` explains the codes and contexts of all tables. The version of the vocabulary is that of the program that reads by it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from gongwen.lexicon import vocabulary
from gongwen.lexicon.tables import TABLES
from gongwen.publish import Publisher
from gongwen.publish.tables import Field, Table

_COLUMNS = {
    "term": "The word; in the table of markers a form, in which 汉 stands for a Chinese numeral and 数 for a figure.",
    "code": "What it means; codes.csv explains the codes.",
    "contexts": "Where it is read so, apart by blanks; * is everywhere. codes.csv explains the contexts.",
    "not_after": "What it must not follow, apart by blanks.",
    "not_before": "What must not follow it, apart by blanks.",
    "example": "A text in which it is read so.",
    "source": "Where it is known from: a standard, a guideline, or notices.",
}
_MEANINGS = {
    "table": "The file of the vocabulary, without .csv.",
    "column": "The column in which it stands: code or contexts.",
    "name": "The code or the context.",
    "meaning": "What it means.",
}


class Vocabulary(Publisher):
    """Writes vocabulary/*.csv."""

    def finish(self) -> None:
        for name in TABLES:
            rows = (
                (
                    term.text,
                    term.code,
                    " ".join(sorted(term.contexts)) or "*",
                    " ".join(term.not_after),
                    " ".join(term.not_before),
                    term.example,
                    term.source,
                )
                for term in vocabulary.terms(name)
            )
            self.output.write(f"vocabulary/{name}.csv", _csv(_COLUMNS, rows))
        self.output.write("vocabulary/codes.csv", _csv(_MEANINGS, _meanings()))


def vocabulary_tables() -> dict[str, Table]:
    """Each file of the vocabulary as a table, by its path below dist/."""
    tables = {
        f"vocabulary/{name}.csv": _table(f"vocabulary_{name}", spec.about, _COLUMNS, ("term", "code"))
        for name, spec in TABLES.items()
    }
    about = "What the codes and contexts of the vocabulary mean."
    return tables | {"vocabulary/codes.csv": _table("vocabulary_codes", about, _MEANINGS, ("table", "column", "name"))}


def _meanings() -> Iterator[tuple[str, ...]]:
    for name, spec in TABLES.items():
        yield from ((name, "code", code, meaning) for code, meaning in spec.codes.items())
        yield from ((name, "contexts", context, meaning) for context, meaning in spec.contexts.items())


def _table(name: str, about: str, columns: dict[str, str], key: tuple[str, ...]) -> Table:
    fields = tuple([Field(column, "string", text, column in key, None) for column, text in columns.items()])
    return Table(name, name.replace("_", ": ", 1).capitalize().replace("_", " "), about, fields, key)


def _csv(columns: Iterable[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    """Header and rows as CSV (RFC 4180) in UTF-8."""
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(columns)
    writer.writerows(rows)
    return lines.getvalue().encode()
