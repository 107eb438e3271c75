"""Exercises: questions and their types, variants for each learner, progress."""
