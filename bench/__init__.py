"""How fast Holdpoint is on a large register; `make bench` runs it."""
