"""Purchase Authorizations that orders name: they are ordered, and by which order."""

from __future__ import annotations

from typing import Final

from viptui.importing.staging import run


def link_orders() -> None:
    """Note which order paid for which Purchase Authorization, and store it where there is one already."""
    for statement in (_FIND, _FORGET_KNOWN, _NOTE_CHANGES, _STORE):
        run(statement)


_FIND: Final = (
    "INSERT INTO import_link (key, order_id) SELECT n.key, o.id FROM ("
    "SELECT authorization_key AS key, MIN(id) AS id FROM import_order "
    "WHERE authorization_key IS NOT NULL AND kind <> 'return' GROUP BY authorization_key) AS n "
    "JOIN import_order s ON s.id = n.id JOIN customer_order o ON o.number_key = s.number_key"
)
"""The first order that names an authorization."""

_FORGET_KNOWN: Final = (
    "DELETE FROM import_link WHERE EXISTS (SELECT 1 FROM purchase_authorization a "
    "JOIN customer_order o ON o.id = a.order_id "
    "JOIN import_order s ON s.number_key = o.number_key AND s.authorization_key = a.number_key "
    "WHERE a.number_key = import_link.key)"
)
"""It stays with the order that it is stored with, if that one still names it."""

_NOTE_CHANGES: Final = (
    "INSERT INTO import_changed (kind, id) SELECT 'authorizations', a.id "
    "FROM purchase_authorization a JOIN import_link k ON k.key = a.number_key"
)

_STORE: Final = (
    "UPDATE purchase_authorization AS a SET order_id = k.order_id, version = a.version + 1, "
    "status = CASE WHEN a.status = 'open' THEN 'ordered' ELSE a.status END "
    "FROM import_link k WHERE k.key = a.number_key"
)
