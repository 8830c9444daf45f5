"""The smallest Textual app that answers a key: one widget that shows the last character."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Static


class Smallest(App[None]):
    """Shows what was typed last."""

    def compose(self) -> ComposeResult:
        yield Static("ready")

    def on_key(self, event: Key) -> None:
        """Show the character."""
        if event.character is not None and event.is_printable:
            self.query_one(Static).update(event.character)


if __name__ == "__main__":
    Smallest().run()
