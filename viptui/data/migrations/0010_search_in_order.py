"""The index of triples in the order of the customers' names: a search in that order reads just what a page shows.

SQLite reads what a text is found in by the numbers of the rows. Such a number is now the customer's id behind the
number of the range of names in which the customer stands. The ranges are made for the customers that there are, some
hundreds in each; they stay as they are until the index is made anew (`viptui.data.triples`). The other index in that
order, with the texts themselves, has nothing to add then.
"""

from __future__ import annotations

from typing import Any, Final

from peewee import SqliteDatabase

NUMBER: Final = (
    "(COALESCE((SELECT r.number FROM customer_search_range r WHERE r.first <= {row}.sort_name "
    "ORDER BY r.first DESC LIMIT 1), 0) << 32) + {row}.id"
)
ENTRY: Final = f"{NUMBER}, {{row}}.search_text || char(10, 10)"
OLD, NEW = ENTRY.format(row="old"), ENTRY.format(row="new")

STATEMENTS: Final = (
    "DROP TRIGGER customer_search_insert",
    "DROP TRIGGER customer_search_delete",
    "DROP TRIGGER customer_search_update",
    "DROP TABLE customer_search_triple",
    "DROP TABLE customer_search",
    "DROP VIEW customer_search_text",
    "DROP INDEX customer_by_name_and_text",
    "CREATE TABLE customer_search_range (first TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL UNIQUE) WITHOUT ROWID",
    # Every sixteenth name of one customer in sixteen begins a range; which one depends on no part of the id alone.
    """INSERT OR IGNORE INTO customer_search_range (first, number)
    SELECT sort_name, place / 16 FROM (
        SELECT sort_name, ROW_NUMBER() OVER (ORDER BY sort_name) AS place FROM customer
        WHERE (id * 2654435761 >> 16) % 16 = 0
    ) WHERE place % 16 = 0""",
    # In order, because an index that is made anew takes its entries fastest like that.
    f"""CREATE VIEW customer_search_text AS
    SELECT {NUMBER.format(row="c")} AS id, c.search_text || char(10, 10) AS padded FROM customer c ORDER BY 1""",
    "CREATE VIRTUAL TABLE customer_search USING fts5(padded, content = 'customer_search_text', content_rowid = 'id', tokenize = 'trigram case_sensitive 1')",
    # Each place of each triple: the first of them tells that there is the triple, without counting the others.
    "CREATE VIRTUAL TABLE customer_search_triple USING fts5vocab('customer_search', 'instance')",
    f"""CREATE TRIGGER customer_search_insert AFTER INSERT ON customer BEGIN
        INSERT INTO customer_search (rowid, padded) VALUES ({NEW});
    END""",
    f"""CREATE TRIGGER customer_search_delete AFTER DELETE ON customer BEGIN
        INSERT INTO customer_search (customer_search, rowid, padded) VALUES ('delete', {OLD});
    END""",
    f"""CREATE TRIGGER customer_search_update AFTER UPDATE OF id, sort_name, search_text ON customer
    WHEN old.id <> new.id OR old.sort_name <> new.sort_name OR old.search_text <> new.search_text BEGIN
        INSERT INTO customer_search (customer_search, rowid, padded) VALUES ('delete', {OLD});
        INSERT INTO customer_search (rowid, padded) VALUES ({NEW});
    END""",
    # With much memory for entries that are not written yet, of many customers in half the time; then as usual.
    "INSERT INTO customer_search (customer_search, rank) VALUES ('hashsize', 33554432)",
    "INSERT INTO customer_search (customer_search) VALUES ('rebuild')",
    "INSERT INTO customer_search (customer_search, rank) VALUES ('hashsize', 1048576)",
)


def up(_migrator: Any, db: Any) -> None:
    """Make it for SQLite; a million customers take about a minute. PostgreSQL has its own index of triples."""
    if isinstance(db, SqliteDatabase):
        for statement in STATEMENTS:
            db.execute_sql(statement)
