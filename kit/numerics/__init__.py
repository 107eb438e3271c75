"""Compiled code with a safe cache, and counter-based random numbers."""
