"""Fenqi (分期): consumer instalment credit that a retailer or finance company runs for itself."""

__version__ = "0.1.0"
