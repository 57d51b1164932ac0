"""Make the same text in every container, as the programs that people use make it."""
