"""The public post: one connector in one folder."""
