"""A slow line, by computation: when would the bytes have arrived at the far end?

Nothing is held back while a program is measured. As behind an SSH server, which takes the output off the terminal
at once, the program writes at its own pace; the line only decides when what it wrote is seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from benchmarks.steps import Chunk

PAYLOAD: Final = 1_400
"""Most bytes of output in one packet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with a delay, a bandwidth and a cost per packet; its queue never overflows."""

    round_trip: float
    """Seconds."""
    bits_per_second: float
    overhead: int
    """Bytes around each packet's payload: link, IP, TCP, SSH."""

    def arrivals(self, chunks: Sequence[Chunk]) -> list[float]:
        """When the last byte of each chunk is seen by whoever pressed the key.

        The key's own way is counted too: a program that answers at once is seen to answer after a round trip.
        """
        free = float("-inf")
        seen = []
        for chunk in chunks:
            free = max(free, chunk.at) + self.seconds_to_send(len(chunk.data))
            seen.append(free + self.round_trip)
        return seen

    def seconds_to_send(self, size: int) -> float:
        """How long ``size`` bytes keep the line busy."""
        packets = -(-size // PAYLOAD)
        return (size + packets * self.overhead) * 8 / self.bits_per_second


SLOW: Final = Line(round_trip=0.080, bits_per_second=256_000, overhead=90)
"""A mobile phone in a train: 80 ms there and back, 256 kbit/s."""
