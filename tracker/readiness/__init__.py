"""What a launch may do and why not: scope, mitigations, verdict and its reasons."""
