"""The worker: claims connector jobs, calls the other side, records what came of it; lets timers fire."""
