"""The files of sources: which there are in a folder, and their bytes. Regular files only, up to a size, with names of any bytes.

What is no regular file (a pipe, a device, a link that leads out of the folder) is never opened: it would hang, act, or publish
what was not given.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

MOST_BYTES = 32 << 20
"""Bytes that a source can have: 32 MiB."""

ABOUT = "gongwen.toml"
"""What a publisher states of all sources of a folder: no sidecar."""

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


class FileError(Exception):
    """A file that is not read, and why, in words."""


def readable(path: Path | str) -> str:
    """``path`` as people and JSON can have it: its bytes as UTF-8, whatever the locale; those that aren't are spelled out (``\\xff``)."""
    return os.fsencode(path).decode(errors="backslashreplace")


def list_sources(folder: Path) -> list[Path]:
    """What lies below ``folder`` and should be notices, in the order of the bytes of the names, the same in any locale.

    Hidden files, the .toml files that stand beside sources, and READMEs are none; a .toml file without its source is among them, and so are
    things that can't be read, which the reader of them says. Links to folders, folders that can't be listed and
    whatever else is no regular file can't be read.
    """
    found, folders = [], [folder]
    while folders:
        try:
            entries = list(os.scandir(folders[-1]))
        except OSError:
            if len(folders) == 1 and folders[0] == folder:
                raise
            found.append(folders.pop())
            continue
        folders.pop()
        described = {Path(entry.name).stem for entry in entries if is_source(Path(entry.name))}
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(path)
            elif is_source(path) or (path.suffix == ".toml" and path.stem not in described and path.name != ABOUT):
                found.append(path)
    return sorted(found, key=lambda path: [os.fsencode(part) for part in path.parts])


def is_source(path: Path) -> bool:
    """Whether a file of that name should be a notice."""
    return not path.name.startswith(".") and path.suffix != ".toml" and path.stem.upper() != "README"


def read_file(path: Path, most: int, within: Path | None = None) -> bytes:
    """The bytes of the regular file ``path``, ``most`` at most; where ``within`` is given, of a file that lies in that folder, which is
    named without links.

    Raises FileNotFoundError where there is none, FileError for any other reason.
    """
    try:
        os.lstat(path)  # most sidecars aren't there, which is found soonest so
        if within is not None and not Path(os.path.realpath(path)).is_relative_to(within):
            raise FileError(
                f"a link that leads out of the folder, to {readable(os.path.realpath(path))}: it is not followed"
            )
        _check(path.stat(), most)
        # A file that was exchanged since for a pipe doesn't block, and is seen below.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
        with os.fdopen(descriptor, "rb") as file:
            _check(os.fstat(descriptor), most)
            data = file.read(most + 1)
    except FileNotFoundError:
        if path.is_symlink():
            raise FileError("a link to a file that isn't there") from None
        raise
    except OSError as error:
        raise FileError(error.strerror or str(error)) from error
    except ValueError as error:  # a NUL in the name
        raise FileError(str(error)) from error
    if len(data) > most:
        raise FileError(_too_large(most))
    return data


def _check(status: os.stat_result, most: int) -> None:
    for is_kind, name in _KINDS:
        if is_kind(status.st_mode):
            raise FileError(f"{name}, no file; what a program gives can be read from standard input")
    if status.st_size > most:
        raise FileError(_too_large(most))


def _too_large(most: int) -> str:
    return f"more than {most >> 20} MiB" if most >= 1 << 20 else f"more than {most >> 10} KiB"
