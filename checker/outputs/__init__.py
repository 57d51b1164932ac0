"""Assessment -> bytes. One module a format."""
