"""The newsstand: the reader's path, from the page store to the wire. No Django, no SQL.

In: requests; what the press put into the page store; static and media files. Out: pages assembled for each
reader from ready-compressed fragments; whatever it can't answer, passed on to the desk over its Unix socket.
Owns: the resolvers of slots, pure functions over what the store holds. `Newsstand` is the ASGI application.
"""
