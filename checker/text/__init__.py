"""Document -> outline, sentences and clauses with their attributes. Knows no indicator."""
