"""Provider partners as the lessons ask of them: what judging makes them do, and what pay does to whom."""
