"""The course: how lessons are built from their sources."""
