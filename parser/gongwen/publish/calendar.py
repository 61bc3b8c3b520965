"""The dated steps of all tasks and duties as a calendar (iCalendar, RFC 5545), calendar.ics: an event of a day for each.

An event stands on the last day of its date. Its UID is made of the notice, the day and the words, so that a step keeps it when
others are inserted before it. Its time stamp is the date of the notice, never the clock's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from uuid import UUID, uuid5

from gongwen import __version__, schemas
from gongwen.model import Duty, Milestone, Notice, Task
from gongwen.publish import Entry, Part, dataset
from gongwen.publish.feed import date_of
from gongwen.publish.joined import Joined

FILE = "calendar.ics"

_STEPS = UUID("0b6f5c5e-4a0c-5f43-9a53-6f0b1d7f5a11")  # the name space of the UIDs
_LINE = 75  # the most bytes of a line
_SUMMARY = 60  # the most characters of a summary; the description has all of it
_ESCAPED = re.compile(r"[\\;,]")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]+")


def prepare(entry: Entry) -> Part:
    """The events of the notice."""
    return Part(data={"events": b"".join(_events(entry.notice))})


class Calendar(Joined):
    """Writes calendar.ics."""

    def heads(self) -> Mapping[str, tuple[str, bytes]]:
        head = lines(
            ("BEGIN", "VCALENDAR"),
            ("VERSION", "2.0"),
            ("PRODID", f"-//{dataset.NAME}//{__version__}//ZH"),
            ("CALSCALE", "GREGORIAN"),
            ("METHOD", "PUBLISH"),
            ("NAME", escape(self.about.title)),
            ("X-WR-CALNAME", escape(self.about.title)),
        )
        return {"events": (FILE, head)}

    def tail(self) -> bytes:
        return lines(("END", "VCALENDAR"))


def _events(notice: Notice) -> Iterator[bytes]:
    told: Counter[tuple[str, str]] = Counter()
    all_asked: tuple[Task | Duty, ...] = (*notice.tasks, *notice.duties)
    for asked in all_asked:
        for step in asked.milestones:
            told[step.due_on, step.text] += 1
            name = "\n".join([notice.id, step.due_on, step.text, str(told[step.due_on, step.text])])
            yield _event(notice, asked, step, str(uuid5(_STEPS, name)))


def _event(notice: Notice, asked: Task | Duty, step: Milestone, uid: str) -> bytes:
    origin = notice.source.origin
    summary = step.text if len(step.text) <= _SUMMARY else f"{step.text[: _SUMMARY - 1]}…"
    return lines(
        ("BEGIN", "VEVENT"),
        ("UID", uid),
        ("DTSTAMP", f"{_day(date_of(notice) or step.due_on)}T000000Z"),
        ("DTSTART;VALUE=DATE", _day(step.due_on)),
        ("SUMMARY", escape(summary)),
        ("DESCRIPTION", escape("\n".join(_description(notice, asked, step)))),
        *([("URL", origin.url)] if origin and origin.url else []),
        ("TRANSP", "TRANSPARENT"),
        ("END", "VEVENT"),
    )


def _description(notice: Notice, asked: Task | Duty, step: Milestone) -> Iterator[str]:
    yield step.text
    yield f"时限：{step.date}"
    if isinstance(asked, Task):
        yield from _of_task(asked)
    elif asked.actors:
        yield f"单位：{'、'.join(dict.fromkeys(actor.name for actor in asked.actors))}"
    number = notice.document_number.text if notice.document_number else None
    if told := [*filter(None, [notice.title, number])]:
        yield f"文件：{'，'.join(told)}"
    yield f"{notice.id}#{step.id}"


def _of_task(task: Task) -> Iterator[str]:
    if name := "".join(filter(None, [task.marker, task.title])):
        yield f"任务：{name}"
    for role, titles in schemas.codelist("roles").items():
        if names := [unit.name for unit in task.responsible_units if unit.role == role]:
            yield f"{titles['title_zh']}：{'、'.join(dict.fromkeys(names))}"


def _day(date: str) -> str:
    return date.replace("-", "")


def lines(*properties: tuple[str, str]) -> bytes:
    """Content lines of properties, whose values are escaped already: folded, each with CR LF."""
    return b"".join(fold(f"{name}:{value}".encode()) + b"\r\n" for name, value in properties)


def escape(text: str) -> str:
    r"""``text`` as a value of the type TEXT; control characters, which have no place there, become a blank.

    >>> escape("甲,乙;丙\\丁\n戊")
    '甲\\,乙\\;丙\\\\丁\\n戊'
    """
    return _CONTROLS.sub(" ", _ESCAPED.sub(r"\\\g<0>", text)).replace("\n", "\\n")


def fold(line: bytes) -> bytes:
    """``line`` (UTF-8) cut into lines of at most 75 bytes, those after the first behind a blank; no character is cut.

    >>> fold("一二三四五六七八九十".encode() * 3).decode()
    '一二三四五六七八九十一二三四五六七八九十一二三四五\\r\\n 六七八九十'
    """
    pieces, start, room = [], 0, _LINE
    while len(line) - start > room:
        end = start + room
        while line[end] & 0xC0 == 0x80:  # within a character
            end -= 1
        pieces.append(line[start:end])
        start, room = end, _LINE - 1
    return b"\r\n ".join([*pieces, line[start:]])
