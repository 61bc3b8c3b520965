from gongwen.model import Finding
from gongwen.repair import notes
from gongwen.text import Text


def undo_byte_damage(text: Text) -> tuple[Text, tuple[Finding, ...]]:
    return text.apply("byte-damage", notes.edits(text.value, notes.listed(text.value))), ()
