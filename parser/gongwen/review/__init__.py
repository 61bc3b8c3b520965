"""Review by people: the doubtful values of notices as a page that gives a person's answers as sidecars.

``doubts`` finds what is doubtful in one notice, ``page`` shows it. The answers are what the file beside a source may
hold: [[set]] for values, [[correction]] for text.
"""

from __future__ import annotations

from gongwen.review.doubts import Doubt, Value, doubts
from gongwen.review.page import Reviewed, Unreviewed, render

__all__ = ["Doubt", "Reviewed", "Unreviewed", "Value", "doubts", "render"]
