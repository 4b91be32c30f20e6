"""The wall: its policy, as the manager sets it, and what signed-in readers have opened of the meter.

In: the manager's rules at the desk; readings and claims the newsstand tells of. Out: `wall.queries` (the policy,
readers' cards), `WallChanged`, `ReaderChanged`. Owns: the rules of the paper and of sections, metered readings.
The decision itself is `paywall.decide`.
"""
