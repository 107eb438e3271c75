"""The policy lab: all levers of all programmes, scenarios side by side, and what turns the sign."""
