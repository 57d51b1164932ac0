"""法治政府建设示范指标对标检查. Public Python API: load_index, read_document, check."""

__version__ = "0.1.0"
