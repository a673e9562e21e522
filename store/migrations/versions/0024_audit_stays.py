"""The audit trail only grows: its rows are neither changed nor taken away, whoever asks through a connection of ours."""

from alembic import op

revision = "0024"
down_revision = "0020"
branch_labels = None
depends_on = None

POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'the audit trail only grows' USING ERRCODE = 'insufficient_privilege'; END $$""",
    "CREATE TRIGGER audit_row_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays()",
    "CREATE TRIGGER audit_stays BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()",
)
SQLITE = (
    "CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END",
    "CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END",
    """CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit WHEN NEW.sequence IN (SELECT sequence FROM audit)
        BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END""",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION audit_stays() CASCADE")
        return
    for name in ("audit_is_not_changed", "audit_is_not_deleted", "audit_is_not_replaced"):
        op.execute(f"DROP TRIGGER {name}")
