"""The site on this machine, for the time of work: a server of the published folder, and a watch on the sources.

Only this machine can reach the server. Folders are looked at, not listened to: that needs no library and works on network
drives, too, and a folder of 10,000 sources takes some hundredths of a second.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

_PAUSE = 0.5  # seconds between two looks at a folder

Seen = dict[str, tuple[int, int]]
"""The files of a folder with their times and sizes."""


class _Handler(SimpleHTTPRequestHandler):
    """Files without a line for each, always as they are now; the root leads to the site."""

    def do_GET(self) -> None:
        if self.path == "/":
            self.send_response(302)
            self.send_header("Location", "/site/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path, port: int) -> Iterator[str]:
    """Serves ``folder`` for the time of a block, and gives the address of the site; port 0 is any that is free. OSError where it is taken."""
    handler = partial(_Handler, directory=str(folder))
    with ThreadingHTTPServer(("localhost", port), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://localhost:{server.server_port}/site/"
        finally:
            server.shutdown()


def look(folder: Path) -> Seen:
    """The files below ``folder`` but hidden ones. What goes while we look is not there."""
    seen: Seen = {}
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                file = f"{path}/{name}"
                try:
                    found = Path(file).stat()
                except OSError:
                    continue
                seen[file] = (found.st_mtime_ns, found.st_size)
    return seen


def changes(folder: Path, seen: Seen, pause: float = _PAUSE) -> Iterator[list[str]]:
    """Waits for changes since ``seen``, and gives the files that changed, came or went, sorted; each time when nothing
    more changed for a pause, so that a file that is being written is read once."""
    while True:
        time.sleep(pause)
        now = look(folder)
        if now == seen:
            continue
        time.sleep(pause)
        while (later := look(folder)) != now:
            now = later
            time.sleep(pause)
        yield sorted(name for name in now.keys() | seen.keys() if now.get(name) != seen.get(name))
        seen = now
