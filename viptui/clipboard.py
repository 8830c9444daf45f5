"""The clipboard of the terminal, also of one at the far end of an SSH connection.

A program hands a text over with the sequence OSC 52. Whether the terminal takes it nobody tells: some do not know the
sequence, some want to be told first that they may.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final

from viptui.errors import CopyFailed

LONGEST: Final = 74_994
"""Characters of a sequence's text, encoded, that every terminal takes that takes any. Source: hterm, osc52.sh."""


def to_clipboard(text: str, *, in_tmux: bool) -> str:
    """What has to be written for a terminal to put a text on its clipboard.

    tmux takes the sequence for itself where it may set the clipboard, and hands on what is wrapped for the terminal
    around it where it lets that through; it is told both ways, as each is refused by some of its settings.

    Raises:
        CopyFailed: the text is longer than terminals take.
    """
    encoded = b64encode(text.encode()).decode("ascii")  # no text can end the sequence
    if len(encoded) > LONGEST:
        raise CopyFailed(
            f"That is too long for a clipboard: {len(encoded):,} characters, at most {LONGEST:,} are taken."
        )
    sequence = f"\x1b]52;c;{encoded}\x07"
    return f"{sequence}{_passed_through(sequence)}" if in_tmux else sequence


def _passed_through(sequence: str) -> str:
    """The sequence as tmux hands it on to the terminal that it runs in."""
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\"
