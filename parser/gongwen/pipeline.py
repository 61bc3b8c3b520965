"""One notice: the stages in order. Read this first.

    bytes ─read─▶ Source ─▶ Text ─repair─▶ simplify ─▶ layout ─▶ punctuation ─▶ Outline ─extract─▶ Notice
"""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from gongwen import layout, punctuation, script
from gongwen.document import Source
from gongwen.extract.blocks import blocks
from gongwen.extract.citations import citations
from gongwen.extract.header import header
from gongwen.extract.identity import identify
from gongwen.extract.plan import plan
from gongwen.extract.repairs import repairs
from gongwen.extract.sections import sections
from gongwen.extract.targets import targets
from gongwen.extract.tasks import tasks
from gongwen.extract.units import register
from gongwen.model import SCHEMA_VERSION, HeaderSpans, Notice, SourceInfo
from gongwen.outline import outline
from gongwen.read.secrecy import refuse_classified
from gongwen.repair import repair
from gongwen.text import Text


class Parsed(NamedTuple):
    """A notice and the text with the ledger behind it."""

    notice: Notice
    text: Text
