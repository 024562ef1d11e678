"""VNeID: one connector in one folder."""
