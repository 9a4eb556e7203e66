"""Where what was counted over earlier orders is asked for."""
