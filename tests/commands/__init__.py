"""Commands, on both engines."""
