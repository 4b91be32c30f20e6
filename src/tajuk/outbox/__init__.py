"""The outbox: facts that departments put down for each other, kept until every step has had them.

In: messages (`put`), inside the transaction of the change they tell of. Out: claimed messages, for the
worker. Owns: the `Message` rows and the worker's bell.
"""
