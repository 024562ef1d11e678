"""Short messages to the phones of citizens, through a gateway that speaks HTTP, and its sandbox."""
