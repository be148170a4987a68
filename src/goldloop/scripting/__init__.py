"""Scripts: statements run in turn, with variables, conditions and loops between them."""
