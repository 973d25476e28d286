"""The tables: what all versions share, and those of one version in a schema of its own.

An index of documents, passages and words is written once and read ever after; sentences stand in their passage's row.
"""

import numpy as np
from psycopg.sql import SQL, Composed, Identifier, Literal

LEAST_FOR_GRAPH = 10_000  # passages; fewer are compared one by one, exactly and about as quickly

MOST_POSTINGS = 200_000
"""In how many passages a stem stands whose passages are listed: longer lists are not read, so not written either."""

POSTING = np.dtype([("passage", ">i4"), ("count", ">i2"), ("length", ">i2")])
"""What a list of passages holds of each: its number, how often the stem stands there, and its length in stems."""

_POSTINGS = """
    INSERT INTO {schema}.postings
    SELECT stem, string_agg(int4send(number) || int2send(least(count, 32767)::int2)
                            || int2send(least(length, 32767)::int2), ''::bytea)
    FROM {schema}.passages CROSS JOIN unnest(stems, counts) AS each (stem, count) JOIN {schema}.words USING (stem)
    WHERE frequency <= {most}
    GROUP BY stem
"""


def shared_tables(name: str) -> Composed:
    """Return what makes the tables that all versions share, where they are not there."""
    return SQL(
        """
        CREATE SCHEMA IF NOT EXISTS {name};
        CREATE TABLE IF NOT EXISTS {name}.versions (
            number integer PRIMARY KEY,
            format integer NOT NULL,
            fingerprint text NOT NULL,
            dim integer NOT NULL,
            documents integer NOT NULL,
            passages integer NOT NULL,
            sentences integer NOT NULL,
            mean_length real NOT NULL,
            made timestamptz NOT NULL DEFAULT now(),
            splitting integer NOT NULL DEFAULT 1
        );
        DO $$ BEGIN  -- the first had no such column; a change that changes nothing would wait for who reads
            IF NOT EXISTS (
                SELECT FROM pg_attribute
                WHERE attrelid = {versions}::regclass AND attname = 'splitting' AND NOT attisdropped
            ) THEN
                ALTER TABLE {name}.versions ADD COLUMN splitting integer NOT NULL DEFAULT 1;
            END IF;
        END $$;
        CREATE SEQUENCE IF NOT EXISTS {name}.version_numbers;
        CREATE TABLE IF NOT EXISTS {name}.current (
            single boolean PRIMARY KEY DEFAULT true CHECK (single),
            version integer NOT NULL REFERENCES {name}.versions,
            held boolean NOT NULL
        );
        CREATE TABLE IF NOT EXISTS {name}.seen (id text PRIMARY KEY, stamp text NOT NULL, sha256 text NOT NULL);
        CREATE TABLE IF NOT EXISTS {name}.receipts (finished timestamptz NOT NULL DEFAULT now(), receipt json NOT NULL);
        """
    ).format(name=Identifier(name), versions=Literal(f"{name}.versions"))


def version_tables(schema: str, dim: int) -> Composed:
    """Return what makes the empty tables of one version.

    Texts and names are bytes, UTF-8: PostgreSQL's own texts cannot hold a zero.
    """
    return SQL(
        """
        CREATE SCHEMA {schema};
        CREATE TABLE {schema}.documents (
            number integer NOT NULL,
            id bytea NOT NULL,
            date text,
            asks boolean NOT NULL,
            record bytea NOT NULL,
            body bytea NOT NULL,
            first_passage integer NOT NULL,
            first_sentence integer NOT NULL,
            passages integer NOT NULL
        );
        CREATE TABLE {schema}.passages (
            number integer NOT NULL,
            document integer NOT NULL,
            first_sentence integer NOT NULL,
            starts integer[] NOT NULL,
            ends integer[] NOT NULL,
            headings boolean[] NOT NULL,
            cuts boolean[] NOT NULL,
            sentence_hashes bigint[] NOT NULL,
            text_hash bytea NOT NULL,
            length integer NOT NULL,
            stems bigint[] NOT NULL,
            counts integer[] NOT NULL,
            vector halfvec({dim}) NOT NULL
        );
        CREATE TABLE {schema}.words (stem bigint NOT NULL, frequency integer NOT NULL);
        CREATE TABLE {schema}.postings (stem bigint NOT NULL, passages bytea NOT NULL);
        ALTER TABLE {schema}.postings ALTER passages SET STORAGE EXTERNAL;  -- what is packed already
        CREATE TABLE {schema}.copies (document integer NOT NULL, id bytea NOT NULL);
        CREATE TABLE {schema}.files (
            id bytea NOT NULL, stamp text NOT NULL, sha256 text NOT NULL, outcome bytea NOT NULL, digest text NOT NULL
        );
        """
    ).format(schema=Identifier(schema), dim=dim)


def version_indexes(schema: str, passages: int) -> list[Composed]:
    """Return what makes a loaded version quick to read, a statement each."""
    statements = [
        "ALTER TABLE {schema}.words ADD PRIMARY KEY (stem)",
        _POSTINGS,
        "ALTER TABLE {schema}.postings ADD PRIMARY KEY (stem)",
        "ALTER TABLE {schema}.documents ADD PRIMARY KEY (number)",
        "ALTER TABLE {schema}.passages ADD PRIMARY KEY (number)",
        "CREATE INDEX ON {schema}.documents (number) WHERE asks",
        'CREATE INDEX ON {schema}.documents (date COLLATE "C")',
        "CREATE INDEX ON {schema}.copies (document)",
        "CREATE INDEX ON {schema}.passages (document)",
        "CREATE INDEX ON {schema}.passages (first_sentence)",
        "CREATE INDEX ON {schema}.passages (text_hash)",
        "CREATE INDEX ON {schema}.passages USING gin (sentence_hashes)",
    ]
    if passages >= LEAST_FOR_GRAPH:
        statements.append("CREATE INDEX ON {schema}.passages USING hnsw (vector halfvec_cosine_ops)")
    tables = ("documents", "passages", "words", "postings", "copies", "files")
    statements += [f"ANALYZE {{schema}}.{table}" for table in tables]
    return [SQL(statement).format(schema=Identifier(schema), most=MOST_POSTINGS) for statement in statements]


def version_schema(name: str, number: int) -> str:
    """Return the name of a version's schema."""
    return f"{name}_v{number:06}"
