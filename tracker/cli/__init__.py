"""The command `holdpoint`: each command parses, calls one service and prints."""

from tracker.cli.app import main

__all__ = ["main"]
