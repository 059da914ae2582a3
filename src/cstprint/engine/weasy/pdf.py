"""The objects of a PDF that cstprint makes: pydyf's, and WeasyPrint's matrices."""

from pydyf import Array, Dictionary, Stream, String
from weasyprint.matrix import Matrix

__all__ = ["Array", "Dictionary", "Matrix", "Stream", "String"]
