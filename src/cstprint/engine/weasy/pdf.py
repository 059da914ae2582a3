"""The objects of a PDF that cstprint makes: pydyf's."""

from pydyf import Array, Dictionary, Stream, String

__all__ = ["Array", "Dictionary", "Stream", "String"]
