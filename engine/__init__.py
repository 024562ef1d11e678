"""The engine: dossiers, procedures and the people who move them."""
