"""Answers made visible: tables and the first screen in a terminal, maps, pictures, pages.

Everything here is drawn from plain data (`picture`, `screen`), never from the ledger itself; only
`subject` and `facts` know the engine. Nothing here is imported before something is to be drawn.
"""
