"""The SMS gateway: one connector in one folder."""
