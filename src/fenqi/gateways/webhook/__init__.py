"""Telling merchants what happened."""
