"""Mail: texts, settings, and the ways out of the house."""
