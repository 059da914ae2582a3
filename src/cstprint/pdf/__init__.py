"""The only importer of pypdf: finishing a PDF and looking into one. Knows nothing of issues."""
