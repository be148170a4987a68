"""Recommendations by latent factors: the score of a pair, and how well items are ranked, as SQL."""
