"""The workbook that people fill in: its layout, its tables, reading it back and merging. No module here writes."""
