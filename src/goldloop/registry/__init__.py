"""Models in the warehouse: names, versions, status, fingerprints, cards."""
