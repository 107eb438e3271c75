"""The Good-Goods Alliance as a lesson sees it: a deal's split, matches with and without a leader, kept bookings."""
