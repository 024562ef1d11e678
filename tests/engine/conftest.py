"""Fixtures of every floor stand in `factories.fixtures`: the two databases, the clock, the platform."""
