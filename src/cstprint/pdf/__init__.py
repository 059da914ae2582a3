"""The only importer of pypdf: finishing a PDF and looking into one. Sees bytes, knows nothing of issues."""
