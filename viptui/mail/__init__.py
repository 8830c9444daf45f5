"""Mail: the texts, and the ways out of the house."""
