"""Partition, ledger and store: from lines and territories to tracts, two books and files."""
