"""Whom the lender may contact, when, how often and with which words."""
