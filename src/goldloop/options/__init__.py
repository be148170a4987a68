"""Every model type and option of Goldloop, declared once, and how a user's words are checked."""
