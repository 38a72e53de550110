"""Alembic's entry: runs on the connection, and in the transaction, that `db.migrations.upgrade` was given."""

from alembic import context

from db.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
