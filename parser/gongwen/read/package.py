"""Packages: files that are ZIP archives of XML parts (DOCX, XLSX, OFD), opened with care.

Nothing is unpacked to disk, no part is read beyond a limit, no document type is accepted, nothing is fetched.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree
from lxml.etree import _Element as Element

from gongwen.errors import SourceError

_LARGEST_PART = 64 << 20  # bytes of a part as unpacked: a notice of a thousand pages has 20 million
_LARGEST_SUM = 128 << 20
_MOST_PARTS = 20_000
_BROKEN = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError, KeyError)
_ENCRYPTED = 0x1
_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "docProps/app.xml")
_LONGEST_PROPERTY = 2_000  # characters


class Package:
    """The parts of a package by their names. Raises SourceError where the archive or a part of it can't be read."""

    def __init__(self, data: bytes, path: str | None = None) -> None:
        self.path = path
        self._left = _LARGEST_SUM
        try:
            self._archive = ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except _BROKEN as error:
            raise self._unreadable(f"it is broken or cut off: {error}") from error
        if len(entries) > _MOST_PARTS:
            raise self._unreadable(f"it has {len(entries)} parts, more than {_MOST_PARTS}")
        self._entries: dict[str, ZipInfo] = {}
        for entry in entries:
            self._entries.setdefault(_normal(entry.filename), entry)

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def read(self, name: str) -> bytes:
        """The bytes of a part; SourceError ("unreadable", "encrypted") if it is missing, broken, encrypted or too large."""
        entry = self._entries.get(_normal(name))
        if entry is None:
            raise self._unreadable(f"its part {name} is missing")
        if entry.flag_bits & _ENCRYPTED:
            raise SourceError(
                "encrypted", "it is encrypted: open it with its password and save it without", path=self.path
            )
        limit = min(_LARGEST_PART, self._left)
        try:
            with self._archive.open(entry) as part:
                data = part.read(limit + 1)
        except _BROKEN as error:
            raise self._unreadable(f"its part {name} is broken: {error}") from error
        if len(data) > limit:
            raise self._unreadable(f"its part {name} unpacks to more than {limit >> 20} MB")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Element:
        """The root element of a part. SourceError ("unreadable") if it is no XML, nests too deeply or defines a document type."""
        data = self.read(name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.LxmlError, ValueError) as error:
            if "depth" in str(error):
                raise self._unreadable(
                    f"the elements of its part {name} nest deeper than in any real document"
                ) from error
            raise self._unreadable(f"its part {name} is no sound XML: {error}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise self._unreadable(f"its part {name} defines a document type, which no such file does")
        return root

    def relations(self, name: str) -> list[tuple[str, str, str]]:
        """Id, kind and target of each relation of part ``name`` ("" for the package) to another part inside the package.

        The kind is the last step of the relation's type (styles, numbering, officeDocument).
        """
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        if part not in self:
            return []
        found = []
        for element in self.xml(part):
            target = element.get("Target") or ""
            if element.get("TargetMode") == "External" or not target:
                continue
            at = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], at))
        return found

    def properties(self) -> tuple[tuple[str, str], ...]:
        """What the file says of itself outside of its text: (place, wording) of each property of an Office document, those of people's own
        included. A broken part of properties says nothing."""
        found = []
        for name in _PROPERTIES:
            try:
                root = self.xml(name) if name in self else ()
            except SourceError:
                continue
            for element in root:
                wording = " ".join("".join(map(str, element.itertext())).split())
                if wording:
                    own = element.get("name") or element.tag.rpartition("}")[2]
                    found.append((f"the property {own}", wording[:_LONGEST_PROPERTY]))
        return tuple(found)

    def _unreadable(self, message: str) -> SourceError:
        return SourceError("unreadable", message, path=self.path)


def _normal(name: str) -> str:
    """The name of a part as it is compared: without case, with forward slashes, without a leading one."""
    return name.replace("\\", "/").lstrip("/").lower()
