"""Judges a compiled model: its names, and all that was found before."""
