-- The store, schema version 1 (PRAGMA user_version). Open it with any tool that reads SQLite.
-- Days are text, YYYY-MM-DD. Spans are bytes of documents.text in UTF-8, from the first to one past the last.

-- What this store is: one row a fact. `program`, `model`, `actors`, `codebook`, `reading`:
-- versions and hashes of what coded every document in it.
CREATE TABLE store (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Commands that wrote to it.
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,        -- add, merge, recode
    started TEXT NOT NULL,        -- UTC, ISO 8601
    finished TEXT,                -- null: was stopped, or still runs
    program TEXT NOT NULL,        -- version of readout
    model TEXT NOT NULL,          -- hash of the reader's weights
    actors TEXT NOT NULL,         -- hash of the tables of actors
    codebook TEXT NOT NULL,       -- hash of the codebook
    documents INTEGER NOT NULL DEFAULT 0,
    events INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0
);

-- Reports, each once, from however many places it came.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,     -- hash of name and text, 32 hexadecimal digits
    name TEXT NOT NULL,           -- the identifier that its source gave, or one made from the text
    uri TEXT,
    title TEXT,
    published TEXT,
    publisher TEXT,
    language TEXT,                -- BCP 47
    licence TEXT,                 -- SPDX
    author TEXT,
    byline TEXT,
    credit TEXT,                  -- the agency that a credit names
    dateline_place TEXT,
    dateline_date TEXT,
    text TEXT NOT NULL,
    text_hash TEXT NOT NULL,      -- of the text alone: the same in exact copies
    presplit INTEGER NOT NULL,    -- 1: its sentences were given split
    words INTEGER NOT NULL,
    coded INTEGER NOT NULL,       -- 0: in a language that is not coded
    linked INTEGER NOT NULL DEFAULT 0, -- 1: its events were compared with those of other reports
    copy_of INTEGER REFERENCES documents (id) ON DELETE SET NULL -- the first of the reports that it repeats
);
CREATE INDEX documents_published ON documents (published, name);
CREATE INDEX documents_text_hash ON documents (text_hash);
CREATE INDEX documents_not_linked ON documents (published) WHERE linked = 0;
CREATE INDEX documents_copy_of ON documents (copy_of) WHERE copy_of IS NOT NULL;

-- Buckets of near-duplicate search: documents that share one may be copies.
CREATE TABLE bands (
    band INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    PRIMARY KEY (band, hash, document)
) WITHOUT ROWID;
CREATE INDEX bands_document ON bands (document);

-- Files, folders' files and streams that were read.
CREATE TABLE inputs (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- What came of each record of each input: exactly one row a record.
CREATE TABLE outcomes (
    input INTEGER NOT NULL REFERENCES inputs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,     -- of the record in its input, from 0
    line INTEGER,                 -- from 1
    offset INTEGER,               -- byte where it starts
    hash TEXT NOT NULL,           -- of the record as it was given, and of the settings it was read with
    outcome TEXT NOT NULL CHECK (outcome IN ('stored', 'rejected')),
    document INTEGER REFERENCES documents (id) ON DELETE CASCADE,
    reason TEXT,                  -- of a rejection
    PRIMARY KEY (input, ordinal)
) WITHOUT ROWID;
CREATE INDEX outcomes_hash ON outcomes (hash);
CREATE INDEX outcomes_document ON outcomes (document);

-- Sentences; their text is in the view `sentence_text` and, searchable, in `sentences_fts`.
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,           -- from 0
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    UNIQUE (document, n)
);
CREATE VIEW sentence_text AS
    SELECT s.id, s.document, s.n,
           CAST(substr(CAST(d.text AS BLOB), s.span_start + 1, s.span_end - s.span_start) AS TEXT) AS text
    FROM sentences s JOIN documents d ON d.id = s.document;
CREATE VIRTUAL TABLE sentences_fts USING fts5 (
    text, content = 'sentence_text', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- Parts of the text that are not its body.
CREATE TABLE furniture (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    kind TEXT NOT NULL,           -- dateline, byline, credit, licence, page
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    value TEXT,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

-- What was wrong with a report and was mended or skipped.
CREATE TABLE problems (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    span_start INTEGER,
    span_end INTEGER,
    what TEXT NOT NULL,
    PRIMARY KEY (document, n)
) WITHOUT ROWID;

-- Places, each once.
CREATE TABLE places (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,           -- as written
    lat REAL,                     -- degrees, north positive
    lon REAL,                     -- degrees, east positive
    country TEXT,                 -- ISO 3166-1 alpha-3
    admin1 TEXT                   -- state or province, by name
);
CREATE UNIQUE INDEX places_once
    ON places (text, ifnull(country, ''), ifnull(admin1, ''), ifnull(lat, 999), ifnull(lon, 999));

-- Acts as sentences tell them: one row a mention. The view `acts` has one row an act.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE, -- 20 hexadecimal digits, the same in every store and export
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    sent INTEGER NOT NULL,        -- sentence, from 0
    n INTEGER NOT NULL,           -- of the document's events, from 0
    trigger_text TEXT NOT NULL,   -- the words that name the act
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    type TEXT NOT NULL,           -- PLOVER event type
    mode TEXT,
    contexts TEXT NOT NULL,       -- PLOVER contexts, sorted, between "; "
    cameo TEXT,
    quad INTEGER NOT NULL,        -- 1 verbal, 2 material cooperation, 3 verbal, 4 material conflict
    score REAL NOT NULL,          -- PLOVER
    goldstein REAL,
    status TEXT NOT NULL CHECK (status IN ('fact', 'future', 'hypothetical', 'negated', 'historical')),
    place INTEGER REFERENCES places (id),
    place_start INTEGER,
    place_end INTEGER,
    when_text TEXT,
    when_start INTEGER,
    when_end INTEGER,
    date_first TEXT,
    date_last TEXT,
    granularity TEXT,             -- day, week, month, quarter, season, year, decade, century
    rule TEXT NOT NULL,
    confidence REAL NOT NULL,     -- 0 to 1
    same_as TEXT                  -- event_id of the event that told of the same act first
);
CREATE INDEX events_document ON events (document, n);
CREATE INDEX events_same_as ON events (same_as) WHERE same_as IS NOT NULL;

-- Who acts and whom it reaches.
CREATE TABLE parties (
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('actor', 'recipient')),
    n INTEGER NOT NULL,
    text TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL,
    name TEXT,
    code TEXT NOT NULL,           -- country and sector (IRNGOV), a body (IGOUNO)
    country TEXT,                 -- ISO 3166-1 alpha-3
    sector TEXT,
    inferred TEXT,                -- what the code was inferred from
    PRIMARY KEY (event, side, n)
) WITHOUT ROWID;
CREATE INDEX parties_code ON parties (code, side, event);

-- On whose word: the chain of speakers of an event, innermost first (n = 0).
CREATE TABLE speakers (
    event INTEGER NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,
    text TEXT,
    span_start INTEGER,
    span_end INTEGER,
    name TEXT,
    code TEXT NOT NULL,
    cue TEXT NOT NULL,
    PRIMARY KEY (event, n)
) WITHOUT ROWID;
CREATE INDEX speakers_code ON speakers (code, event);

-- Who says what, one row a sentence.
CREATE TABLE attributions (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    n INTEGER NOT NULL,           -- of the document's attributions, from 0
    sent INTEGER NOT NULL,
    source_text TEXT,
    source_name TEXT,
    source_code TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('direct', 'indirect', 'mixed')),
    nested_in INTEGER,            -- n of the attribution this stands in
    continues INTEGER,            -- n of the attribution this continues
    source_spans TEXT NOT NULL,   -- JSON: [[start, end], ...]
    cue_spans TEXT NOT NULL,
    content_spans TEXT NOT NULL,
    UNIQUE (document, n)
);
CREATE INDEX attributions_source ON attributions (source_code);

-- One row an act: the event that told of it first, how many mentions it has, in how many reports and outlets.
CREATE VIEW acts AS
    SELECT e.*, m.mentions, m.reports, m.outlets
    FROM events e
    JOIN (SELECT ifnull(v.same_as, v.event_id) AS act, count(*) AS mentions,
                 count(DISTINCT v.document) AS reports, count(DISTINCT ifnull(d.publisher, '')) AS outlets
          FROM events v JOIN documents d ON d.id = v.document GROUP BY 1) m ON m.act = e.event_id;
