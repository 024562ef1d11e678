"""The National Public Service account: one connector in one folder."""
