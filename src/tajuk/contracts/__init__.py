"""What departments say to each other: messages, and the shapes of what is pressed.

In: nothing. Out: frozen shapes with their JSON. Owns: nothing. Imports no Django.
"""
