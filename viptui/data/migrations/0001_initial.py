"""The first schema."""

from __future__ import annotations

from typing import Any, Final

from peewee import SqliteDatabase

POSTGRES: Final = {
    "id": "SERIAL NOT NULL PRIMARY KEY",
    "code_point": 'TEXT COLLATE "C"',
    "date": "DATE",
    "instant": "TIMESTAMPTZ",
    "flag": "BOOLEAN",
    "amount": "BIGINT",
}

SQLITE: Final = {
    "id": "INTEGER NOT NULL PRIMARY KEY",
    "code_point": "TEXT",
    "date": "TEXT",
    "instant": "TEXT",
    "flag": "INTEGER",
    "amount": "INTEGER",
}

STATEMENTS: Final = (
    """CREATE TABLE reseller (
        id {id},
        name VARCHAR(255) NOT NULL
    )""",
    """CREATE TABLE team_member (
        id {id},
        login VARCHAR(255) NOT NULL,
        login_key {code_point} NOT NULL,
        name VARCHAR(255) NOT NULL,
        email VARCHAR(255) NOT NULL,
        role VARCHAR(255) NOT NULL CHECK (role IN ('primary_admin', 'admin', 'member')),
        status VARCHAR(255) NOT NULL CHECK (status IN ('active', 'pending', 'inactive'))
    )""",
    "CREATE UNIQUE INDEX team_member_login_key ON team_member (login_key)",
    """CREATE TABLE product (
        id {id},
        sku VARCHAR(255) NOT NULL,
        sku_key {code_point} NOT NULL,
        name VARCHAR(255) NOT NULL,
        market_segment VARCHAR(255),
        offering_type VARCHAR(255),
        pa_allowed {flag} NOT NULL,
        consumable {flag} NOT NULL,
        active {flag} NOT NULL,
        unit_price {amount},
        currency VARCHAR(255)
    )""",
    "CREATE UNIQUE INDEX product_sku_key ON product (sku_key)",
    """CREATE TABLE customer (
        id {id},
        vip_id VARCHAR(255) NOT NULL,
        vip_key {code_point} NOT NULL,
        organization_name TEXT NOT NULL,
        organization_name_english TEXT NOT NULL,
        market_segment VARCHAR(255) NOT NULL CHECK (market_segment IN ('Commercial', 'Education', 'Government')),
        offering_type VARCHAR(255) NOT NULL CHECK (offering_type IN ('Team', 'Enterprise')),
        contact_name TEXT NOT NULL,
        contact_email {code_point} NOT NULL,
        address TEXT NOT NULL,
        city TEXT NOT NULL,
        region TEXT NOT NULL,
        postal_code VARCHAR(255) NOT NULL,
        country VARCHAR(255) NOT NULL,
        invitation_status VARCHAR(255) NOT NULL CHECK (invitation_status IN ('Pending', 'Accepted')),
        invited_on {date},
        accepted_on {date},
        anniversary_on {date},
        anniversary_given {flag} NOT NULL,
        term_months INTEGER NOT NULL CHECK (term_months > 0),
        managed_by_id INTEGER,
        commitment_status VARCHAR(255),
        commitment_quantity INTEGER,
        commitment_start_on {date},
        commitment_end_on {date},
        select_level INTEGER CHECK (select_level BETWEEN 1 AND 4),
        version INTEGER NOT NULL,
        sort_name {code_point} NOT NULL,
        search_text {code_point} NOT NULL,
        has_products {flag} NOT NULL,
        oldest_open_authorization_on {date},
        newest_open_authorization_on {date},
        open_licences INTEGER NOT NULL,
        open_amount {amount},
        open_currency VARCHAR(255),
        renewed_on {date},
        renewal_due_on {date},
        renewal_following_on {date},
        licences_due INTEGER NOT NULL,
        licences_renewed INTEGER NOT NULL,
        FOREIGN KEY (managed_by_id) REFERENCES team_member (id) ON DELETE RESTRICT
    )""",
    "CREATE UNIQUE INDEX customer_vip_key ON customer (vip_key)",
    """CREATE INDEX customer_by_newest_open
        ON customer (newest_open_authorization_on, id) WHERE (newest_open_authorization_on IS NOT NULL)""",
    """CREATE INDEX customer_by_renewal_due
        ON customer (renewal_due_on, id) WHERE (renewal_due_on IS NOT NULL)""",
    """CREATE INDEX customer_by_renewal_following
        ON customer (renewal_following_on, id) WHERE (renewal_following_on IS NOT NULL)""",
    """CREATE INDEX customer_by_managed_by_oldest_open
        ON customer (managed_by_id, oldest_open_authorization_on, id) WHERE (oldest_open_authorization_on IS NOT NULL)""",
    """CREATE INDEX customer_by_managed_by_newest_open
        ON customer (managed_by_id, newest_open_authorization_on, id) WHERE (newest_open_authorization_on IS NOT NULL)""",
    """CREATE INDEX customer_by_managed_by_renewal_due
        ON customer (managed_by_id, renewal_due_on, id) WHERE (renewal_due_on IS NOT NULL)""",
    """CREATE INDEX customer_by_managed_by_renewal_following
        ON customer (managed_by_id, renewal_following_on, id) WHERE (renewal_following_on IS NOT NULL)""",
    """CREATE INDEX customer_by_no_products
        ON customer (invited_on, sort_name, id) WHERE NOT has_products""",
    """CREATE INDEX customer_by_managed_by_no_products
        ON customer (managed_by_id, invited_on, id) WHERE NOT has_products""",
    "CREATE INDEX customer_by_name ON customer (sort_name, id)",
    "CREATE INDEX customer_by_email ON customer (contact_email, sort_name, id)",
    """CREATE INDEX customer_by_oldest_open
        ON customer (oldest_open_authorization_on, sort_name, id) WHERE (oldest_open_authorization_on IS NOT NULL)""",
    """CREATE INDEX customer_by_licences
        ON customer (open_licences, sort_name, id) WHERE open_licences > 0""",
    """CREATE INDEX customer_by_amount
        ON customer (open_amount, sort_name, id) WHERE (open_amount IS NOT NULL)""",
    "CREATE INDEX customer_by_segment ON customer (market_segment, sort_name, id)",
    "CREATE INDEX customer_by_managed_by ON customer (managed_by_id, sort_name, id)",
    """CREATE INDEX customer_by_invited
        ON customer (invited_on, sort_name, id) WHERE (invited_on IS NOT NULL)""",
    """CREATE INDEX customer_by_invitation
        ON customer (invited_on, sort_name, id) WHERE invitation_status = 'Pending' AND invited_on IS NOT NULL""",
    """CREATE TABLE customer_order (
        id {id},
        number VARCHAR(255) NOT NULL,
        number_key {code_point} NOT NULL,
        customer_id INTEGER NOT NULL,
        kind VARCHAR(255) NOT NULL CHECK (kind IN ('initial', 'add-on', 'renewal', 'return')),
        ordered_on {date} NOT NULL,
        po_number VARCHAR(255) NOT NULL,
        returns_id INTEGER,
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
        FOREIGN KEY (returns_id) REFERENCES customer_order (id) ON DELETE RESTRICT
    )""",
    "CREATE UNIQUE INDEX customer_order_number_key ON customer_order (number_key)",
    "CREATE INDEX customer_order_customer_id ON customer_order (customer_id)",
    "CREATE INDEX customer_order_returns_id ON customer_order (returns_id)",
    """CREATE TABLE order_line (
        id {id},
        order_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity > 0),
        assigned INTEGER NOT NULL CHECK (assigned >= 0),
        FOREIGN KEY (order_id) REFERENCES customer_order (id) ON DELETE CASCADE,
        FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE RESTRICT
    )""",
    "CREATE INDEX order_line_order_id ON order_line (order_id)",
    "CREATE INDEX order_line_product_id ON order_line (product_id)",
    """CREATE TABLE purchase_authorization (
        id {id},
        number VARCHAR(255) NOT NULL,
        number_key {code_point} NOT NULL,
        customer_id INTEGER NOT NULL,
        created_on {date} NOT NULL,
        created_by VARCHAR(255) NOT NULL CHECK (created_by IN ('reseller', 'customer')),
        po_number VARCHAR(255) NOT NULL,
        status VARCHAR(255) NOT NULL CHECK (status IN ('open', 'ordered', 'cancelled')),
        order_id INTEGER,
        version INTEGER NOT NULL,
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT,
        FOREIGN KEY (order_id) REFERENCES customer_order (id) ON DELETE RESTRICT
    )""",
    "CREATE UNIQUE INDEX purchase_authorization_number_key ON purchase_authorization (number_key)",
    "CREATE INDEX purchase_authorization_customer_id ON purchase_authorization (customer_id)",
    "CREATE INDEX purchase_authorization_order_id ON purchase_authorization (order_id)",
    """CREATE TABLE purchase_authorization_line (
        id {id},
        authorization_id INTEGER NOT NULL,
        product_id INTEGER NOT NULL,
        quantity INTEGER NOT NULL CHECK (quantity > 0),
        FOREIGN KEY (authorization_id) REFERENCES purchase_authorization (id) ON DELETE CASCADE,
        FOREIGN KEY (product_id) REFERENCES product (id) ON DELETE RESTRICT
    )""",
    """CREATE INDEX purchase_authorization_line_authorization_id
        ON purchase_authorization_line (authorization_id)""",
    "CREATE INDEX purchase_authorization_line_product_id ON purchase_authorization_line (product_id)",
    """CREATE TABLE reseller_change (
        id {id},
        vip_id VARCHAR(255) NOT NULL,
        admin_email VARCHAR(255) NOT NULL,
        code VARCHAR(255) NOT NULL,
        requested_by_id INTEGER,
        issued_at {instant} NOT NULL,
        expires_at {instant} NOT NULL,
        used_at {instant},
        customer_id INTEGER,
        FOREIGN KEY (requested_by_id) REFERENCES team_member (id) ON DELETE RESTRICT,
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE RESTRICT
    )""",
    "CREATE UNIQUE INDEX reseller_change_code ON reseller_change (code)",
    "CREATE INDEX reseller_change_requested_by_id ON reseller_change (requested_by_id)",
    "CREATE INDEX reseller_change_customer_id ON reseller_change (customer_id)",
    """CREATE TABLE note (
        id {id},
        customer_id INTEGER NOT NULL,
        author VARCHAR(255) NOT NULL,
        body TEXT NOT NULL,
        written_at {instant} NOT NULL,
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX note_customer_id ON note (customer_id)",
    """CREATE TABLE audit_entry (
        id {id},
        at {instant} NOT NULL,
        actor VARCHAR(255) NOT NULL,
        origin VARCHAR(255) NOT NULL,
        action VARCHAR(255) NOT NULL,
        subject VARCHAR(255) NOT NULL,
        customer_id INTEGER,
        request_id VARCHAR(255),
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE SET NULL
    )""",
    "CREATE INDEX audit_entry_at ON audit_entry (at)",
    "CREATE INDEX audit_entry_customer_id ON audit_entry (customer_id)",
    "CREATE UNIQUE INDEX audit_entry_request_id ON audit_entry (request_id)",
    """CREATE TABLE outbox_mail (
        id {id},
        key VARCHAR(255) NOT NULL,
        message_id VARCHAR(255) NOT NULL,
        customer_id INTEGER,
        recipient VARCHAR(255) NOT NULL,
        subject TEXT NOT NULL,
        body TEXT NOT NULL,
        status VARCHAR(255) NOT NULL CHECK (status IN ('waiting', 'sending', 'sent', 'failed', 'unknown')),
        attempts INTEGER NOT NULL,
        next_attempt_at {instant},
        last_error TEXT NOT NULL,
        created_at {instant} NOT NULL,
        sent_at {instant},
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE SET NULL
    )""",
    "CREATE UNIQUE INDEX outbox_mail_key ON outbox_mail (key)",
    "CREATE UNIQUE INDEX outbox_mail_message_id ON outbox_mail (message_id)",
    "CREATE INDEX outbox_mail_customer_id ON outbox_mail (customer_id)",
    "CREATE INDEX outbox_mail_next_attempt_at ON outbox_mail (next_attempt_at)",
    """CREATE TABLE day_count (
        id {id},
        kind VARCHAR(255) NOT NULL,
        manager INTEGER NOT NULL,
        day {date} NOT NULL,
        customers INTEGER NOT NULL
    )""",
    "CREATE UNIQUE INDEX day_count_kind_manager_day ON day_count (kind, manager, day)",
    """CREATE TABLE evaluation (
        id {id},
        evaluated_on {date} NOT NULL,
        evaluated_at {instant} NOT NULL,
        evaluator VARCHAR(255) NOT NULL,
        counts TEXT NOT NULL,
        crossings INTEGER NOT NULL
    )""",
    "CREATE INDEX evaluation_evaluated_on ON evaluation (evaluated_on)",
    """CREATE TABLE crossing (
        id {id},
        customer_id INTEGER NOT NULL,
        kind VARCHAR(255) NOT NULL CHECK (kind IN ('overdue', 'suspended', 'upcoming', 'ready', 'late', 'lapsed')),
        crossed_on {date} NOT NULL,
        recorded_at {instant} NOT NULL,
        FOREIGN KEY (customer_id) REFERENCES customer (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX crossing_recorded_at ON crossing (recorded_at)",
    """CREATE UNIQUE INDEX crossing_customer_id_kind_crossed_on
        ON crossing (customer_id, kind, crossed_on)""",
    """CREATE TABLE look (
        id {id},
        login VARCHAR(255) NOT NULL,
        tab VARCHAR(255) NOT NULL,
        looked_at {instant} NOT NULL
    )""",
    "CREATE UNIQUE INDEX look_login_tab ON look (login, tab)",
)


def up(migrator: Any, db: Any) -> None:
    """Create every table and index."""
    types = SQLITE if isinstance(db, SqliteDatabase) else POSTGRES
    for statement in STATEMENTS:
        db.execute_sql(statement.format(**types))
