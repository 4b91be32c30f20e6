"""The outbox: facts that departments put down for each other, kept until every step has had them.

In: messages (`actions.put`), inside the transaction of the change they tell of. Out: claimed messages,
for the worker. Owns: the `OutboxMessage` rows, the scheduler's lease, and the worker's bell.
"""
