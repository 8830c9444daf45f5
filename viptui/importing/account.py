"""What an import has done, and how far it is, in words. Pure functions."""

from __future__ import annotations

from collections.abc import Iterator

from viptui.importing import Changes, ImportResult, Progress


def progress_words(progress: Progress, seconds: float) -> str:
    """How far it is after so many seconds."""
    if progress.step != "reading":
        return f"{progress.step} ({progress.rows:,} rows)"
    percent = 100 * progress.done // max(progress.total, 1)
    return f"reading {percent:3}%  {progress.rows:,} rows, {progress.rows / max(seconds, 0.001):,.0f} a second"


def remarks(result: ImportResult) -> Iterator[str]:
    """What in the files was left out or put right. Names in it come from outside: make them visible."""
    for file, columns in result.ignored:
        yield f"{file}: columns without a meaning here were ignored: {', '.join(columns)}"
    for file, cells in result.repaired:
        where = "1 cell" if cells == 1 else f"{cells:,} cells"
        yield f"{file}: characters that cannot be shown were put right or replaced by a mark in {where}"


def account(changes: Changes, *, dry_run: bool) -> Iterator[str]:
    """What has changed, as a table of a few lines."""
    if not changes:
        yield "Nothing to change: the database holds all of this already."
    elif dry_run:
        yield "Would be imported (nothing was written):"
    else:
        yield "Imported:"
    kinds = (
        ("Customers", changes.customers),
        ("Purchase Authorizations", changes.authorizations),
        ("Orders", changes.orders),
    )
    yield f"{'':<24}{'added':>11}{'changed':>11}{'unchanged':>11}"
    for name, counts in kinds:
        yield f"{name:<24}{counts.added:>11,}{counts.changed:>11,}{counts.unchanged:>11,}"
    also: tuple[tuple[str, int], ...] = (
        ("Products", changes.products_added),
        ("Team members", changes.team_members_added),
    )
    yield from (f"{name:<24}{added:>11,}" for name, added in also)
    if changes.anniversaries_set:
        yield f"Anniversary dates that followed from a first purchase: {changes.anniversaries_set:,}"


def ended_words(*, is_stored: bool) -> str:
    """What became of an import that a signal has ended."""
    what = "all was imported." if is_stored else "nothing was imported. Import the files again."
    return f"Ended by a signal: {what}"
