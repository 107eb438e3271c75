"""A merchant's own shop: its figures, and what a programme is worth to it."""
