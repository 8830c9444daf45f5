"""Storage: the only package, besides commands and workers, that knows peewee."""
