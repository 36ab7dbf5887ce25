"""All paths at once: blocks of prices, one table of amounts, and the engine that fills it."""
