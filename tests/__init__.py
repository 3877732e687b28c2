"""Tests of Holdpoint; the folders mirror `tracker/`."""
