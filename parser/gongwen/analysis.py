"""One notice with its text, the edits between the source and the published wording, and the reasons for its values.

>>> import gongwen
>>> analysis = gongwen.analyze("某县水利局關於修渠的通知\\n各鎮：\\n一、修渠。（縣水利局負責）\\n")
>>> task = analysis.notice.tasks[0]
>>> traced = analysis.trace(task.responsible_units[0].span)
>>> traced.published, traced.source, [(edit.before, edit.after) for edit in traced.edits]
('县水利局', '縣水利局', [('縣', '县')])
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gongwen import read
from gongwen.document import Decision, Occurrence
from gongwen.model import Notice, Span
from gongwen.pipeline import Parsed, parse_source
from gongwen.pointers import pointer_of
from gongwen.text import Text


@dataclass(frozen=True)
class TracedEdit:
    """A change between the source and the published text: the layer and the rule that made it, and its place in the source."""

    layer: str
    rule: str
    before: str
    after: str
    span: Span


@dataclass(frozen=True)
class Trace:
    """A stretch of the source (``span``) with its text, its published wording, and the edits between the two in order.

    ``published_at`` is its place in the published text: code points, end excluded, as in ``span``.
    """

    span: Span
    source: str
    published: str
    published_at: tuple[int, int]
    edits: tuple[TracedEdit, ...]


class Analysis:
    """A parsed notice, its text with the ledger of edits, its coverage, and the reasons for its values."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed

    @property
    def notice(self) -> Notice:
        """The notice, as ``gongwen.parse`` gives it."""
        return self._parsed.notice

    @property
    def text(self) -> Text:
        """The text: ``text.source`` is the decoded source to which all spans refer, ``text.value`` its whole published wording."""
        return self._parsed.text

    @property
    def coverage(self) -> tuple[Occurrence, ...]:
        """Each number, date, organ, title, document number, marker and row of the text, in order, with its kind and words, its
        status (used, explained, unread, undecided), the code that explains it, and its span of the source.
        """
        return self._parsed.coverage

    def trace(self, span: Span) -> Trace:
        """The place and the wording of ``span`` of the source in the published text, with the edits in it.

        Raises ValueError if the span is not within the source.
        """
        text = self.text
        if not 0 <= span.start <= span.end <= len(text.source):
            raise ValueError(f"{span} leaves the source of {len(text.source)} characters")
        edits = tuple(
            [
                TracedEdit(layer.name, edit.rule, layer.before[edit.start : edit.end], edit.after, at)
                for layer, edit, at in text.ledger()
                if at.start < span.end and span.start < at.end
            ]
        )
        return Trace(
            span, text.source[span.start : span.end], text.quote(span), text.from_source(span.start, span.end), edits
        )

    def why(self, value: str) -> Decision | None:
        """The reason for a value of the notice, named by its id (task-4) or by a JSON pointer, which counts from 0 (/tasks/3);
        None if no stage records one for it.
        """
        return self._parsed.why(pointer_of(self.notice, value))


def analyze(data: str | bytes) -> Analysis:
    """Parse the notice in ``data``, a text or the bytes of a file.

    The format of bytes is recognised by their content: text, a web page, DOCX, XLSX, OFD, PDF …. There are no limits of time
    and memory. Raises SourceError if the source can't be read, is empty or must not be published; TypeError if ``data`` is neither text nor bytes.
    """
    if isinstance(data, str):
        source = read.from_text(data)
    elif isinstance(data, bytes):
        source = read.from_bytes(data)
    else:
        raise TypeError(
            f"a notice is a str or bytes, not {type(data).__name__}; analyze_file and parse_file take a path"
        )
    return Analysis(parse_source(source))


def analyze_file(path: str | Path) -> Analysis:
    """Parse the notice in the file ``path``, with origin and corrections from a .toml file of the same name beside it. Raises the errors of
    ``analyze``, and CorrectionError if a correction does not fit the source.
    """
    return Analysis(parse_source(read.open_source(Path(path))))


def parse(data: str | bytes) -> Notice:
    """The notice in ``data``, a text or the bytes of a file. Raises the errors of ``analyze``."""
    return analyze(data).notice


def parse_file(path: str | Path) -> Notice:
    """The notice in the file ``path``. Raises the errors of ``analyze_file``."""
    return analyze_file(path).notice
