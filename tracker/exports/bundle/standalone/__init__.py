"""What the stand-alone verifier holds besides the product's own pure modules."""
