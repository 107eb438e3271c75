"""Closed forms that can be checked by hand: one subject a module, a source in every docstring."""
