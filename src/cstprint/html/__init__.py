"""An issue and a layout to HTML that a browser can open too. Knows nothing of PDF."""
