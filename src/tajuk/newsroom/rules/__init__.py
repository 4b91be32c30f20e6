"""The newsroom's rules: pure functions, which are given the clock."""
