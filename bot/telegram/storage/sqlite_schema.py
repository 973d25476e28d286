"""The tables of what has to outlive the bot's process, in SQLite."""

SCHEMA = (
    """
    CREATE TABLE answer (
        chat INTEGER, question INTEGER, messages TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (chat, question)
    );
    CREATE TABLE vote (
        chat INTEGER, message INTEGER, person INTEGER, vote INTEGER NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (chat, message, person)
    );
    CREATE TABLE person (id INTEGER PRIMARY KEY, language TEXT NOT NULL);
    """,
    """
    CREATE TABLE inbox (id INTEGER PRIMARY KEY, content TEXT NOT NULL, at INTEGER NOT NULL);
    CREATE INDEX inbox_waiting ON inbox (id) WHERE content != '';
    """,
    """
    ALTER TABLE answer ADD COLUMN person INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE answer ADD COLUMN text TEXT NOT NULL DEFAULT '';
    ALTER TABLE answer ADD COLUMN found INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE answer ADD COLUMN seconds REAL NOT NULL DEFAULT 0;
    CREATE INDEX answer_at ON answer (at);
    CREATE INDEX answer_person ON answer (person);
    """,
    "CREATE TABLE moved (old INTEGER PRIMARY KEY, new INTEGER NOT NULL);",
    "CREATE TABLE act (at INTEGER NOT NULL, person INTEGER NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL);",
    "CREATE TABLE gone (chat INTEGER PRIMARY KEY, at INTEGER NOT NULL);",
    """
    CREATE TABLE report (
        chat INTEGER, message INTEGER, shown INTEGER NOT NULL, sent TEXT NOT NULL, undo TEXT NOT NULL,
        language TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (chat, message)
    );
    """,
)
"""One script for each version of the schema, which `PRAGMA user_version` counts."""
