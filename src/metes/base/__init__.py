"""Present-day geography: Natural Earth extracts and their one reader."""
