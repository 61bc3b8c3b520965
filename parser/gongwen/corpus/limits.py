"""How much a process may take for one notice, and what holds where.

Time of the processor and memory are limits of the operating system, so they hold inside libraries written in C too. Memory
is that for data (RLIMIT_DATA), which Linux alone enforces for all of it; macOS enforces the limits of time. Other systems have
no such limits: there a build stays in one process.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import process_time

PATIENCE = 4
"""How many times its time of the processor a notice may take by the clock: a busy machine is no fault of the notice."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one notice: ``seconds`` of CPU time (four times that of wall-clock time), ``memory`` in MiB."""

    seconds: float = 30
    memory: int = 1024

    @property
    def wall(self) -> float:
        """Seconds of wall-clock time."""
        return self.seconds * PATIENCE


def restrict(limits: Limits | None) -> None:
    """Let this process take what ``limits`` allow from now on, and then end it; without limits, let it take anything."""
    import resource  # not on Windows, where nothing calls this

    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    if limits is None:
        resource.setrlimit(resource.RLIMIT_CPU, (hardest, hardest))
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))
        return
    seconds = int(process_time() + limits.seconds) + 1  # the system counts whole seconds
    memory = limits.memory << 20
    free = resource.RLIM_INFINITY
    resource.setrlimit(resource.RLIMIT_CPU, (seconds if hardest == free else min(seconds, hardest), hardest))
    resource.setrlimit(resource.RLIMIT_DATA, (memory if most == free else min(memory, most), most))
