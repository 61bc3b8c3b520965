"""The source of a template as it is compiled: the markup that a browser reads the same way, in fewer bytes.

Templates are written to be read. Most of the bytes of a page are markup that they repeat, so what HTML lets go is taken out
of a template once, when it is compiled, and costs nothing for a page:

- an element that holds a label and nothing else is that label: it has the key, and no ``span`` stands in it,
- quotes around values that need none; ``_SAFE`` says which expressions give such values,
- end tags that the next tag implies, and line feeds behind them.
"""

from __future__ import annotations

import re

_SAFE = (
    r"\{\{ (?:root|loop\.index|number|role|kind|key|day|iso"
    r"|\w+\.(?:id|key|severity|date|deadline|issue_date|when|notice|task|duty|citation)) \}\}"
)
"""Expressions whose values are of letters, digits, hyphens, dots and slashes: ids, numbers, dates, codes, ways to a folder."""
_LABELLED = re.compile(
    r"<(?P<tag>[a-z]\w*)(?P<attributes>(?:\s(?:[^<>{}]|\{\{[^{}]*\}\})*)?)>"
    r"\{\{ (?:(?P<key>\"[\w.]+\")\|t|t\((?P<call>[^{}]*)\)) \}\}</(?P=tag)>"
)
_QUOTED = re.compile(rf"(?P<name>\s[a-z-]+)=\"(?P<value>(?:[\w.#:-]|/(?!\")|{_SAFE})+)\"")
_IMPLIED = re.compile(r"</(?:li|td|th|tr|dt|dd|option|thead|tbody)>\n?")


def lean(source: str) -> str:
    """``source`` in fewer bytes."""
    labelled = _LABELLED.sub(_own, source)
    return _IMPLIED.sub("", _QUOTED.sub(r"\g<name>=\g<value>", labelled))


def _own(found: re.Match[str]) -> str:
    """An element that is a label: ``own`` gives its last attributes, the end of its tag and the words."""
    label = f"{found['key']}|own" if found["key"] else f"own({found['call']})"
    return f"<{found['tag']}{found['attributes']}{{{{ {label} }}}}</{found['tag']}>"
