"""What an issue is and how it is read. Knows nothing of layouts, HTML or pages."""
