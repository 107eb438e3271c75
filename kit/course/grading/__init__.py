"""Grading: submissions, the sandbox for code, the gradebook."""
