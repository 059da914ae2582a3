"""What WeasyPrint reports, in words for the person at the desk."""
