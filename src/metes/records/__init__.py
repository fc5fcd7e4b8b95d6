"""The gazette as data: every kind of record, read from TOML, checked and frozen.

`Gazette` holds all of them by id; `read_gazette` reads a folder and refuses what `metes lint` refuses.
"""
