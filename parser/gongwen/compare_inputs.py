"""What is compared, as named on the command line: a file, standard input, or a file of a git revision.

What looks like JSON is taken for a published notice; everything else is a source, and is parsed.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from gongwen.errors import GongwenError, InputError, RecordError
from gongwen.load import from_json
from gongwen.model import SCHEMA_VERSION, Notice
from gongwen.upgrade import upgraded
from gongwen.validation import validator

_LATER = ("additionalProperties", "enum")  # what a later minor version of the schema may bring: keys and codes


class Input(NamedTuple):
    """A notice, and its JSON as published."""

    notice: Notice
    record: Any


def open_input(name: str, argument: str) -> Input:
    """The notice that ``argument`` names: a path, "-" for standard input, or "revision:path".

    A file of that name comes first. Raises InputError, which says which argument is at fault, by its ``name``.
    """
    try:
        path = Path(argument)
        if argument == "-":
            stream = getattr(sys.stdin, "buffer", None)  # None where the caller closed it
            if stream is None:
                raise InputError(name, argument, "standard input is closed")
            return _input(stream.read(), None)
        if path.exists():
            return _input(path.read_bytes(), path)
        if ":" in argument:
            return _input(_from_git(argument), None)
        raise InputError(name, argument, "no such file")
    except OSError as error:
        raise InputError(name, argument, error.strerror or str(error)) from error
    except InputError:
        raise
    except GongwenError as error:
        raise InputError(name, argument, str(error).removeprefix(f"{argument}: ")) from error


def _input(data: bytes, path: Path | None) -> Input:
    if data.lstrip().startswith(b"{"):
        try:
            record = orjson.loads(data)
            orjson.dumps([{"value": record}])  # as deep as a patch may have to hold it
        except orjson.JSONDecodeError as error:
            raise GongwenError(f"no valid JSON: {error}") from error
        except orjson.JSONEncodeError as error:
            raise GongwenError(f"its JSON cannot be written again: {error}") from error
        record = upgraded(record)
        return Input(read_record(record), record)
    from gongwen import pipeline, read  # a comparison of JSON needs no parser
    from gongwen.publish.record import to_json
    from gongwen.reading import read_bytes, read_given

    source = read_given(read.fetch(path)) if path else read_bytes(data)
    notice = pipeline.parse_source(source).notice
    return Input(notice, orjson.loads(to_json(notice)))


def open_collection(name: str, argument: str) -> dict[str, Notice]:
    """The notices of a published folder, by id: ``argument`` is the folder of a build, its notices/, or "revision" or "revision:folder" of git.

    Raises InputError for what can't be read.
    """
    found: dict[str, Notice] = {}
    records = list(_records(name, argument))
    if not records and not (Path(argument) / "notices").is_dir():
        raise InputError(
            name, argument, "no published notices stand here"
        )  # sources, or another folder of a revision: not that all are gone
    for place, data in records:
        try:
            notice = read_record(upgraded(orjson.loads(data)))
        except (orjson.JSONDecodeError, RecordError) as error:
            raise InputError(name, place, str(error)) from error
        found[notice.id] = notice
    return found


def _records(name: str, argument: str) -> Iterator[tuple[str, bytes]]:
    folder = Path(argument)
    if folder.is_dir():
        folder = folder / "notices" if (folder / "notices").is_dir() else folder
        for path in sorted(folder.glob("*.json")):
            try:
                yield str(path), path.read_bytes()
            except OSError as error:
                raise InputError(name, str(path), error.strerror or str(error)) from error
        return
    revision, _, below = argument.partition(":")
    below = below or "dist/notices"
    try:
        if revision.startswith("-"):
            raise GongwenError("a revision does not begin with -")
        listed = _git("folder", "ls-tree", "-z", revision, f"{below.rstrip('/')}/").decode().split("\0")
        files = [line.partition("\t") for line in listed if line.endswith(".json")]
        blobs = _git("folder", "cat-file", "--batch", given="".join(f"{entry.split()[2]}\n" for entry, _, _ in files))
        at = 0
        for _, _, listed_path in files:
            head = blobs.index(b"\n", at)  # "<hash> blob <size>"; a line feed stands behind the content
            start, at = head + 1, head + 2 + int(blobs[at:head].split()[2])
            yield f"{revision}:{listed_path}", blobs[start : at - 1]
    except FileNotFoundError as error:
        raise InputError(name, argument, "no such folder, and no git to look for a revision") from error
    except GongwenError as error:
        raise InputError(name, argument, str(error)) from error


def read_record(record: Any) -> Notice:
    """The notice of a published JSON, valid by the schema of this program but for what a later minor version adds.

    Raises RecordError with the place of the first value that is not what the schema says.
    """
    notice = from_json(record)
    later = notice.schema_version != SCHEMA_VERSION
    for error in validator().iter_errors(record):
        if not (later and error.kind.name in _LATER):
            raise RecordError(_pointer(error.instance_path), error.message)
    return notice


def _pointer(path: Sequence[str | int]) -> str:
    """The JSON Pointer (RFC 6901) of a place in a record."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)


def _from_git(argument: str) -> bytes:
    """The file ``argument``, as "v1:dist/notices/x.json", out of the repository of the working directory.

    git gets it as one argument of its own: no shell sees it, and it can't be taken for an option.
    """
    revision, _, path = argument.partition(":")
    if revision.startswith("-"):
        raise GongwenError("a revision does not begin with -")
    try:
        return _git("file", "cat-file", "blob", f"{revision}:{path}")
    except FileNotFoundError as error:
        raise GongwenError("no such file, and no git to look for a revision") from error


def _git(sought: str, *arguments: str, given: str = "") -> bytes:
    done = subprocess.run(["git", *arguments], input=given.encode(), capture_output=True, check=False)
    if done.returncode:
        raise GongwenError(f"no such {sought}, and git says: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout
