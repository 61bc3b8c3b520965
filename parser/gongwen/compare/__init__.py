"""Comparing two notices: what a clerk would say has changed. Read comparison.py first.

``render`` shows what was found, each form of output in a module of its own.
"""

from __future__ import annotations

from gongwen.compare.changes import Change, Diff, Edit, Evidence, Fragment, Match, Place, Relation, SentenceLink
from gongwen.model import Notice

__all__ = ["Change", "Diff", "Edit", "Evidence", "Fragment", "Match", "Place", "Relation", "SentenceLink", "diff"]


def diff(old: Notice, new: Notice) -> Diff:
    """The changes from ``old`` to ``new``; false if there are none."""
    from gongwen.compare.comparison import compare  # the libraries that it needs load when they are needed

    return compare(old, new)
