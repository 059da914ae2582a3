"""The blocks of articles, each in one file: its keys, its model, how it is read, what templates see, its texts.

All files of this folder are found by listing it (:mod:`cstprint.blocks.common.known`). Each defines ``BLOCK``, a
:class:`~cstprint.blocks.common.declared.BlockType`; what they share is in ``common/``.
"""
