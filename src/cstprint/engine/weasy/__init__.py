"""The only folder that knows the private names of WeasyPrint: what is replaced, called and read."""
