"""`motcua bench engine`: what a completed task costs, beside what one would write without this engine."""
