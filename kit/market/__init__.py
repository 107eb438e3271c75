"""The market on day 0: who sells, who buys, and the state in which nothing moves."""
