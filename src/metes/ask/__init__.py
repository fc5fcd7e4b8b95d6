"""Questions to a built atlas: transfers, holder, extent, explain, accuracy, timeline, coverage."""
