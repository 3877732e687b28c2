"""Migrations of the register, in order of their numbers."""
