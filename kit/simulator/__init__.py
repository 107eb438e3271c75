"""The market day by day: population, steady state, the run and what it records."""
