"""What is written to the PDF: paint, tags, links."""
