"""Tables whose rows are never changed nor deleted: the database refuses it, whoever asks.

Triggers, because neither database has a constraint for it. A later migration that makes Django copy one of these
tables on SQLite loses its triggers: it has to end with `operations()` again. PostgreSQL's TRUNCATE fires no row
trigger; only the owner of the tables may use it.
"""

from typing import Any

from django.db.migrations import RunPython

TABLES = (
    "subscriptions_notice",
    "subscriptions_payment",
    "subscriptions_receipt",
    "subscriptions_ledgerrow",
    "subscriptions_moneyline",
    "subscriptions_reconciliation",
)
_FUNCTION = "subscriptions_keep_rows"


def protect(vendor: str) -> list[str]:
    """The SQL that protects the tables, once more or for the first time."""
    if vendor == "postgresql":
        body = (
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION '% is append-only: write a new row instead', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        made = [
            f"CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()"
            for table in TABLES
        ]
        return [*free(vendor), body, *made]
    return [
        *free(vendor),
        *(
            f"CREATE TRIGGER {table}_keeps_{verb.lower()} BEFORE {verb} ON {table} BEGIN "
            f"SELECT RAISE(ABORT, '{table} is append-only: write a new row instead'); END"
            for table in TABLES
            for verb in ("UPDATE", "DELETE")
        ),
    ]


def free(vendor: str) -> list[str]:
    """The SQL that takes the protection away: for a migration that must change such a table, and for tests' clearing."""
    if vendor == "postgresql":
        return [f"DROP TRIGGER IF EXISTS {table}_keeps_rows ON {table}" for table in TABLES]
    return [
        f"DROP TRIGGER IF EXISTS {table}_keeps_{verb}"
        for table in TABLES
        for verb in ("update", "delete")
    ]


def operations() -> list[RunPython]:
    """For a migration."""

    def forwards(_apps: Any, editor: Any) -> None:
        for statement in protect(editor.connection.vendor):
            editor.execute(statement, None)  # no parameters: a % is a %

    def backwards(_apps: Any, editor: Any) -> None:
        for statement in free(editor.connection.vendor):
            editor.execute(statement, None)  # no parameters: a % is a %

    return [RunPython(forwards, backwards)]
