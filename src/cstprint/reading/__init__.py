"""Reading what people wrote: files to text, YAML to a tree with places, trees to models."""
