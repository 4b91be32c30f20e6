"""The kinds of page: each gathers its facts by queries, makes its contexts, and names the dress's parts."""
