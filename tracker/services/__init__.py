"""Use cases: each checks the actor's right, keeps one transaction, and leaves its record."""
