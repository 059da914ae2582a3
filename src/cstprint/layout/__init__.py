"""What a layout is: a folder of print CSS and templates that may extend another. Knows nothing of issues."""
