"""What is drawn. Widgets show frozen rows and know no database."""
