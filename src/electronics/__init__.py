"""The reference pipeline of a consumer-electronics vendor: its feeds, photographs and features."""
