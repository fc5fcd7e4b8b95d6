"""Claims: a text is read into checkable statements, and each is judged against an atlas.

`check(atlas, text)` gives a `Report`; `metes.claims.contract.report_json` gives its JSON.
Reading flows one way: words → mentions, quantities, dates → clauses → frames → verdicts.
What a language says and how is in `tables/`; what a name stands for is drawn from the gazette.
"""
