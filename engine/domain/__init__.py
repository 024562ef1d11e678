"""The words of the trade, pure: no database, no network, no clock of its own."""
