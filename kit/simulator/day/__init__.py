"""One day of the market, compiled: attention, demand, supply, trade."""
