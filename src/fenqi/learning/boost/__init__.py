"""A gradient booster of our own: the same rows give the same trees, to the bit, on every machine."""
