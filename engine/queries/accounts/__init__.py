"""Who is asking, and on which devices they are signed in."""
