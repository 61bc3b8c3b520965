"""The consolidated text of a document, each change marked with the instrument that made it.

As text: what stands, with 〔1〕 behind each change and the list of the changes at the end. As Markdown: what went and came, as well.
As JSON: every stretch, for programs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import orjson

from gongwen.compare.consolidation import Consolidation
from gongwen.compare.render import visible
from gongwen.compare.render.markdown import escaped
from gongwen.model import Notice

FORMATS = ("text", "markdown", "json")


def render_consolidated(done: Consolidation, form: str) -> str:
    """The consolidated text in one of FORMATS."""
    if form == "json":
        return orjson.dumps(_record(done), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()
    lines = _text(done) if form == "text" else _markdown(done)
    return "\n".join(lines) + "\n"


def _text(done: Consolidation) -> Iterator[str]:
    for line in done.lines:
        shown = ""
        for at, stretch in enumerate(line.stretches):
            if stretch.state != "removed":
                shown += stretch.text.rstrip("\n")
            following = line.stretches[at + 1] if at + 1 < len(line.stretches) else None
            if stretch.applied and not (following and following.applied == stretch.applied):
                shown += f"〔{stretch.applied}〕"
        gone = bool(line.stretches) and not line.text.strip() and any(one.text.strip() for one in line.stretches)
        yield f"（已删去）{shown}" if gone else visible(shown)
    yield from _notes(done, "〔{}〕", visible)


def _markdown(done: Consolidation) -> Iterator[str]:
    tags = {"kept": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    for line in done.lines:
        shown = ""
        for stretch in line.stretches:
            text = escaped(stretch.text)
            shown += tags[stretch.state].format(text) if text else ""
            shown += f"<sup>{stretch.applied}</sup>" if stretch.applied and text else ""
        yield shown
        yield ""
    yield from _notes(done, "{}\\.", escaped)


def _notes(done: Consolidation, mark: str, clean: Callable[[str], str]) -> Iterator[str]:
    """What was changed by which instrument; then what could not be applied."""
    yield ""
    for number, applied in enumerate(done.applied, 1):
        yield f"{mark.format(number)} {clean(_name(done.instruments[applied.instrument]))}：{clean(applied.operation.text)}"
    if done.unapplied:
        yield clean("未能适用 (not applied):")
        for instrument, operation in done.unapplied:
            yield f"- {clean(_name(done.instruments[instrument]))}：{clean(operation.text)}"


def _name(notice: Notice) -> str:
    return notice.document_number.text if notice.document_number else notice.title or notice.id


def _record(done: Consolidation) -> dict[str, object]:
    return {
        "base": {"id": done.base.id, "title": done.base.title},
        "instruments": [{"id": one.id, "title": one.title, "name": _name(one)} for one in done.instruments],
        "text": done.text,
        "lines": [
            {"block": line.block, "kind": line.kind, "stretches": [stretch._asdict() for stretch in line.stretches]}
            for line in done.lines
        ],
        "applied": [
            {
                "instrument": applied.instrument,
                "verb": applied.operation.verb,
                "text": applied.operation.text,
                "block": applied.operation.block,
                "items": applied.items,
            }
            for applied in done.applied
        ],
        "unapplied": [
            {"instrument": number, "verb": one.verb, "text": one.text, "block": one.block}
            for number, one in done.unapplied
        ],
    }
