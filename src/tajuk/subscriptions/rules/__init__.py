"""Pure rules of subscriptions: no clock, no rows."""
