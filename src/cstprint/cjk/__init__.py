"""The rules of Chinese line setting, pure: no engine, no HTML, no files. All lengths are in em.

Read it beside clreq (W3C, Requirements for Chinese Text Layout, https://www.w3.org/TR/clreq/) and GB/T 15834—2011
(标点符号用法); each rule names its clause.
"""
