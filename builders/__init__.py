"""Programs that read registry packages once and write what metes ships; never imported by metes."""
