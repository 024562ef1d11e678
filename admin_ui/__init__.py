"""Every screen and the HTTP API. Flask lives here and nowhere else."""
