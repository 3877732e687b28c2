"""Canonical form, hashes and the chain: what makes tampering visible."""
