"""Taking an official table in: read its items, align them with our indicators, write a local pack, prove no loss."""
