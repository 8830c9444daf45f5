"""Forms: one screen for all actions of the table, and what single actions add to it, by noun."""
