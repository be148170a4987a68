"""How customers of the repair service talk: what the simulated conversations are made of."""
