"""The readiness bundle: a summary in every format, what it rests on, and a verifier of both."""
