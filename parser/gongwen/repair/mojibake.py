"""Mojibake."""

from gongwen.model import Finding
from gongwen.text import Text


def undo_mojibake(text: Text) -> tuple[Text, tuple[Finding, ...]]:
    return text, ()
