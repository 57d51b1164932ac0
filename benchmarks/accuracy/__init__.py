"""Accuracy as research: verdicts held against labels, by chapter, by indicator and by gate. Run by `make accuracy`."""
