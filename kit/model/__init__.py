"""The simulator: one day, many days, what is recorded."""
