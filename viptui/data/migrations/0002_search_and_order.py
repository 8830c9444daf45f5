"""Searching by an index of triples of characters, and orders that merge several dates."""

from __future__ import annotations

from typing import Any, Final

from peewee import SqliteDatabase

INDEXES: Final = (
    "DROP INDEX customer_by_renewal_due",
    "DROP INDEX customer_by_renewal_following",
    "DROP INDEX customer_by_invited",
    "CREATE INDEX customer_by_renewal_due ON customer (renewal_due_on, sort_name, id) WHERE (renewal_due_on IS NOT NULL)",
    "CREATE INDEX customer_by_renewal_following ON customer (renewal_following_on, sort_name, id) WHERE (renewal_following_on IS NOT NULL)",
    "CREATE INDEX customer_by_invited ON customer (invited_on, sort_name, id)",
    "CREATE INDEX customer_by_renewed ON customer (renewed_on, sort_name, id) WHERE (renewed_on IS NOT NULL)",
    "CREATE INDEX customer_by_anniversary ON customer (anniversary_on, sort_name, id, renewal_due_on)",
    "CREATE INDEX customer_by_no_products_name ON customer (sort_name, id) WHERE NOT has_products",
    "CREATE INDEX customer_by_no_products_anniversary ON customer (anniversary_on, sort_name, id) WHERE NOT has_products AND anniversary_on IS NOT NULL",
    "CREATE INDEX customer_by_several_open ON customer (oldest_open_authorization_on, sort_name, id, newest_open_authorization_on) WHERE newest_open_authorization_on > oldest_open_authorization_on",
)

SQLITE: Final = (
    # A text of one or two characters is the beginning of a triple, the last two of a text followed by line ends.
    "CREATE VIEW customer_search_text AS SELECT id, search_text || char(10, 10) AS padded FROM customer",
    "CREATE VIRTUAL TABLE customer_search USING fts5(padded, content = 'customer_search_text', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')",
    "CREATE VIRTUAL TABLE customer_search_triple USING fts5vocab('customer_search', 'row')",
    """CREATE TRIGGER customer_search_insert AFTER INSERT ON customer BEGIN
        INSERT INTO customer_search (rowid, padded) VALUES (new.id, new.search_text || char(10, 10));
    END""",
    """CREATE TRIGGER customer_search_delete AFTER DELETE ON customer BEGIN
        INSERT INTO customer_search (customer_search, rowid, padded)
        VALUES ('delete', old.id, old.search_text || char(10, 10));
    END""",
    """CREATE TRIGGER customer_search_update AFTER UPDATE OF id, search_text ON customer
    WHEN old.id <> new.id OR old.search_text <> new.search_text BEGIN
        INSERT INTO customer_search (customer_search, rowid, padded)
        VALUES ('delete', old.id, old.search_text || char(10, 10));
        INSERT INTO customer_search (rowid, padded) VALUES (new.id, new.search_text || char(10, 10));
    END""",
    "INSERT INTO customer_search (customer_search) VALUES ('rebuild')",
)

POSTGRES: Final = (
    """CREATE FUNCTION customer_search_vector(searched text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
        SELECT array_to_tsvector(ARRAY(
            SELECT substr(searched || E'\\n\\n', place, 3) FROM generate_series(1, length(searched)) AS place
        ))
    $$""",
    "CREATE INDEX customer_by_search_text ON customer USING gin (customer_search_vector(search_text))",
)


def up(migrator: Any, db: Any) -> None:
    """Make the indexes; on a database that holds customers already this takes a while."""
    for statement in (*INDEXES, *(SQLITE if isinstance(db, SqliteDatabase) else POSTGRES)):
        db.execute_sql(statement)
