"""The amount computed a second time, by other means."""
