"""The database that is open: what statements run on, and what the models are bound to.

Apart from the models, which only writing needs and which take a good part of a command's start to make.
"""

from __future__ import annotations

from typing import Final

from peewee import DatabaseProxy

database_proxy: Final = DatabaseProxy()
"""Bound to an engine by `viptui.data.database.open_database`."""
