"""From documents that exist to an issue's folder: Markdown and web pages, one an issue or one an article.

``markdown`` and ``html`` read a file to a :class:`~cstprint.importing.document.Document`: heads, texts and pictures
in their order. ``cleaning``, ``captions`` and ``contents`` correct what other programs leave in texts; ``structure``
makes of the heads an issue with sections and articles; ``pictures`` finds the files; ``writing`` is the text of
``issue.yaml``. ``bring`` calls them in this order. Nothing here renders, and nothing leads out of the folder of the
source.
"""
