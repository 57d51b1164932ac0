"""The JSON Schemas of the three kinds of rule files."""
