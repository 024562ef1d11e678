"""What can be proven of the tables in DMN models: gaps, overlaps, rows that never answer. The only door."""

from rules.proofs.prove import judge_whole, prove_model

__all__ = ["judge_whole", "prove_model"]
