"""What the site makes of one notice: the pages that are about it alone, its own page with holes, and what others need of it.

The page of a notice names its other versions and the notices that it cites, which nobody knows before all were seen. So it is
made with holes, comments that no text of a notice can contain, and ``fill`` puts the missing pieces in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongwen.publish import Entry, Part
from gongwen.publish.site import pages, search
from gongwen.publish.site.facing import Facing
from gongwen.publish.site.facts import write_facts
from gongwen.publish.site.units import identities

_HOLE = re.compile(r"<!--hole ([\w-]+)-->")


def prepare(entry: Entry) -> Part:
    """The source page and the search record as files; the record, the page with its holes, the facts and the pairs as data."""
    notice = entry.notice
    units, facing = identities(notice), Facing(notice, entry.coverage)
    record = search.record(notice, units)
    grams = search.grams(record)
    packed = search.pack_grams(grams)
    files = dict([pages.source_page(notice, entry.text, facing, entry.places), search.record_file(record)])
    return Part(
        {f"site/{name}": content for name, content in files.items()},
        {
            "record": entry.json,
            "page": pages.notice_page(notice, entry.text.source, units, facing),
            "facts": write_facts(notice, units, len(grams)),
            "grams": packed,
            "sums": search.sums(packed),
        },
    )


def fill(page: bytes, holes: Mapping[str, str]) -> bytes:
    """``page`` with its holes filled; one that ``holes`` does not name is empty."""
    return _HOLE.sub(lambda hole: holes.get(hole[1], ""), page.decode()).encode()
