"""What people do with rule files: format, carry to Excel and back, take an official table in, document, compare."""
