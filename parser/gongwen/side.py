"""One side of a comparison, as named on the command line: a file, standard input, or a file of a git revision.

What looks like JSON is taken for a published notice; everything else is a source, and is parsed.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson

from gongwen.errors import GongwenError, RecordError, SideError
from gongwen.load import from_json
from gongwen.model import SCHEMA_VERSION, Notice
from gongwen.validate import problems


class Side(NamedTuple):
    """A notice, and its JSON as published."""

    notice: Notice
    record: Any


def open_side(name: Literal["OLD", "NEW"], argument: str) -> Side:
    """The notice that ``argument`` names: a path, "-" for standard input, or "revision:path".

    A file of that name comes first. Raises SideError, which says which side is at fault.
    """
    try:
        path = Path(argument)
        if argument == "-":
            stream = getattr(sys.stdin, "buffer", None)  # None where the caller closed it
            if stream is None:
                raise SideError(name, argument, "standard input is closed")
            return _side(stream.read(), None)
        if path.exists():
            return _side(path.read_bytes(), path)
        if ":" in argument:
            return _side(_from_git(argument), None)
        raise SideError(name, argument, "no such file")
    except OSError as error:
        raise SideError(name, argument, error.strerror or str(error)) from error
    except SideError:
        raise
    except GongwenError as error:
        raise SideError(name, argument, str(error).removeprefix(f"{argument}: ")) from error


def _side(data: bytes, path: Path | None) -> Side:
    if data.lstrip().startswith(b"{"):
        try:
            record = orjson.loads(data)
            orjson.dumps([{"value": record}])  # as deep as a patch may have to hold it
        except orjson.JSONDecodeError as error:
            raise GongwenError(f"no valid JSON: {error}") from error
        except orjson.JSONEncodeError as error:
            raise GongwenError(f"its JSON cannot be written again: {error}") from error
        return Side(_notice(record), record)
    from gongwen import pipeline, read  # a comparison of JSON needs no parser
    from gongwen.publish.record import to_json

    source = read.open_source(path) if path else read.from_bytes(data)
    notice = pipeline.parse_source(source).notice
    return Side(notice, orjson.loads(to_json(notice)))


def _notice(record: Any) -> Notice:
    """The notice of a published JSON; one that follows the schema of this program must be valid by it."""
    notice = from_json(record)
    if notice.schema_version == SCHEMA_VERSION:
        for problem in problems(record):
            raise RecordError(problem.path, problem.message)
    return notice


def _from_git(argument: str) -> bytes:
    """The file ``argument``, as "v1:dist/notices/x.json", out of the repository of the working directory.

    git gets it as one argument of its own: no shell sees it, and it can't be taken for an option.
    """
    revision, _, path = argument.partition(":")
    if revision.startswith("-"):
        raise GongwenError("a revision does not begin with -")
    try:
        done = subprocess.run(["git", "cat-file", "blob", f"{revision}:{path}"], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise GongwenError("no such file, and no git to look for a revision") from error
    if done.returncode:
        raise GongwenError(f"no such file, and git says: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
