"""Reading files in a process of its own, so that one core reads while another one stores.

The pipe between the two holds little: who is faster waits. The reading process ends with the one that started it,
because nobody takes what it sends any more.
"""

from __future__ import annotations

import marshal
import traceback
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from viptui.errors import ViptuiError
from viptui.importing.processes import begun_apart
from viptui.importing.reader import Batch, Findings, Reader, Source


class ReadingStopped(ViptuiError):
    """The process that reads the files is gone; nothing was written."""


def batches_apart(source: Source, found: Findings) -> Generator[Batch, None, None]:
    """The batches of values, read by another process; at the end ``found`` is what it found.

    Raises:
        ReadingStopped: that process was ended by somebody else.
    """
    with _reading(source) as (receiver, process):
        try:
            while message := receiver.recv_bytes():
                yield marshal.loads(message)  # noqa: S302 - from our own process
            findings: Findings | str = receiver.recv()
        except (EOFError, OSError):  # between two messages, or in the middle of one
            process.join()
            raise ReadingStopped(
                f"The process that reads the files has ended ({process.exitcode}): nothing was imported, import again."
            ) from None
    if isinstance(findings, str):
        raise RuntimeError(f"the files could not be read:\n{findings}")
    found.faults, found.layouts, found.repaired = findings.faults, findings.layouts, findings.repaired


@contextmanager
def _reading(source: Source) -> Iterator[tuple[Connection, BaseProcess]]:
    receiver, sender = Pipe(duplex=False)
    with closing(receiver), begun_apart(_send, source, sender, name="viptui-reading") as process:
        sender.close()
        yield receiver, process


def _send(source: Source, sender: Connection) -> None:
    """What the other process does."""
    reader = Reader(source)
    result: Findings | str = reader.found
    try:
        try:
            for batch in reader.batches():
                sender.send_bytes(marshal.dumps(batch))
        except BrokenPipeError:
            raise
        except Exception:  # noqa: BLE001 - a bug: its traceback belongs to the process that can log it
            result = traceback.format_exc()
        sender.send_bytes(b"")
        sender.send(result)
    except BrokenPipeError:
        return  # nobody wants to know any more
