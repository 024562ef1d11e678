"""Rows of people: citizens, officials, sessions."""
