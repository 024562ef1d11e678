"""Rows of dossiers: the dossier itself, its papers, its notices, and numbers given once."""
