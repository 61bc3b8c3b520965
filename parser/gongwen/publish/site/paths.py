"""Where each page of the site lies: paths below the site's folder."""

from __future__ import annotations


def list_path(page: int) -> str:
    """The path of a page of the list of notices."""
    return "index.html" if page == 1 else f"list/{page}.html"


def units_path(page: int) -> str:
    """The path of a page of the list of units."""
    return "units/index.html" if page == 1 else f"units/list-{page}.html"


def unit_path(key: str, page: int) -> str:
    """The path of a page of the unit ``key``."""
    return f"units/{key}.html" if page == 1 else f"units/{key}-{page}.html"


def notice_path(id: str) -> str:
    """The path of the page of the notice ``id``."""
    return f"notices/{id}.html"


def changes_path(old: str, new: str) -> str:
    """The path of the page that says what changed from the notice ``old`` to ``new``."""
    return f"changes/{old}--{new}.html"


def data_path(page: str) -> str:
    """The JSON that says what ``page`` shows."""
    return page.removesuffix(".html") + ".json"
