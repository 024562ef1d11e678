"""The public postal service that brings results home, and its sandbox."""
