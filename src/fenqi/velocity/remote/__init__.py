"""The same features counted in a Redis or Valkey server that many processes share."""
