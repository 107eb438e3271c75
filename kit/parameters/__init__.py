"""Numbers with unit, range and source: sourced and derived numbers, levers, the calendar."""
