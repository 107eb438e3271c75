"""Service providers: admission, services, pay, the quarterly review."""
