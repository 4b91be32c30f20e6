"""The words everybody in the house uses: ids, languages, money, moments, addresses, the paper.

In: nothing. Out: frozen values and pure functions. Owns: no tables. Imports no Django, so the
newsstand may use all of it.
"""
