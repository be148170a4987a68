"""From a training set in the warehouse to a fitted model; nothing here writes to the warehouse."""
