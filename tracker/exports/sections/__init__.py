"""The parts of the readiness summary, in the order of its outline."""
