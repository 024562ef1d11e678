"""Procedure packs, as data: one folder per procedure."""
