"""The law as data: FEEL expressions, decision tables and fees. Pure: no database, no web, no clock.

Doors: `rules.fees.quote.quote` (what a dossier costs, and why), `rules.inference.decisions.decide` (decision tables),
`rules.feel` (expressions), `rules.dmn` (DMN models).
"""
