"""The repair chat: what its bot says, and a live conversation with the warehouse's models."""
