"""Where an IP address is."""
