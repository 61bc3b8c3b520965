"""Compiled templates, kept where Python keeps compiled modules, so that a build that makes few pages needn't compile them.

They are believed as modules are: only for the same source, and the same version of Python and of Jinja. Labels are evaluated when a
template is compiled, so what is kept stands for them, too.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """Keeps templates beside their sources; ``depends`` is what their code depends on beside these."""

    def __init__(self, depends: bytes) -> None:
        self._depends = depends

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Where the code is kept; empty where there is no such place."""
        try:
            return cache_from_source(filename) if filename else ""
        except NotImplementedError:
            return ""

    def get_source_checksum(self, source: str) -> str:
        return sha256(source.encode() + b"\0" + self._depends).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, ValueError), Path(bucket.key or os.devnull).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode or not bucket.key:
            return
        path = Path(bucket.key)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):  # a folder of a system, which nobody may write
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(bucket.bytecode_to_string())
            unfinished.replace(path)
