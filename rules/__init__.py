"""The law: FEEL expressions, decision tables and fees. Pure: no database, no web."""
