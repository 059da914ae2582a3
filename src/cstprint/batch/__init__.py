"""A whole archive: what has to be rendered and why, on one machine or many, interrupted at any moment.

::

    issues ──inputs──▶ hashes ──plan──▶ tasks ──executor──▶ answers ──run──▶ PDFs, manifest.jsonl, SHA256SUMS
            inputs.py        plan.py          executors.py         run.py    manifest.py

Only ``run.py`` writes into the output folder; those who render send bytes.
"""
