"""One source as all that is published of it: pure, and so in any order and in any process.

Whatever is wrong with a source shows here, also what a format could not write, so that a notice never fails while files
are put in place.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

import orjson

from gongwen import publish, read
from gongwen.corpus.report import Failure, Row, internal_error, row_of
from gongwen.errors import CorrectionError, SourceError, VocabularyError
from gongwen.publish.bundles import pack
from gongwen.publish.record import to_json
from gongwen.validation import problems

NO_NOTICE = "not-a-notice"
"""The code of the finding on a text that is no notice, and so not published unless that is asked for."""


class Task(NamedTuple):
    """A source to prepare: ``name`` is the path that is published of it, ``parts`` are those of publish.PARTS that are wanted.

    ``keep_all`` says that what is no notice is prepared, too.
    """

    name: str
    given: read.Given
    parts: tuple[str, ...]
    keep_all: bool = False


class Prepared(NamedTuple):
    """A notice: its row, and the bundle of its parts."""

    row: Row
    bundle: bytes


def prepare(task: Task) -> Prepared | Failure:
    """All that is published of a source, or why nothing is."""
    from gongwen.pipeline import parse_source  # a build that has nothing to prepare goes without all stages

    try:
        parsed = parse_source(read.from_given(task.given), task.name)
        if not task.keep_all:
            for found in parsed.notice.findings:
                if found.code == NO_NOTICE:
                    return Failure(task.name, NO_NOTICE, f"is not a notice: {found.message}")
        data = to_json(parsed.notice)
        entry = publish.Entry(
            parsed.notice, parsed.text, orjson.loads(data), data, parsed.places, parsed.reader, parsed.coverage
        )
        if broken := next(problems(entry.data), None):
            return Failure(task.name, "invalid-notice", f"breaks the schema: {broken.path}: {broken.message}")
        row = row_of(parsed.notice, data)
        return Prepared(row, pack({"row": asdict(row)}, publish.prepare(entry, task.parts)))
    except VocabularyError as error:  # a row of a table that is read when first needed
        return Failure(task.name, "internal-error", str(error))
    except (SourceError, CorrectionError) as error:
        return Failure(task.name, error.code, str(error).removeprefix(f"{task.given.path}: "))
    except MemoryError:
        return Failure(task.name, "memory-limit", "took more memory than there is for one notice")
    except Exception as error:  # a fault of ours must not take the other notices with it
        return internal_error(task.name, error)
