"""Closed forms: what a pencil can check. One subject a module, a source in every docstring."""
