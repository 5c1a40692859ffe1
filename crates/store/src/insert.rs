//! The rows of one arrival.

use rusqlite::{OptionalExtension as _, Result, Transaction, params};

use readout_record::{Attribution, ByteSpan, Event, Party, Place, Record, Speaker};

use crate::arrival::{Arrival, Rank, Report, What};
use crate::store::Added;
use crate::{copies, hash};

/// Writes arrivals within one transaction.
pub(crate) struct Insert<'c> {
    change: &'c Transaction<'c>,
}

impl<'c> Insert<'c> {
    pub(crate) fn new(change: &'c Transaction<'c>) -> Self {
        Insert { change }
    }

    /// Writes what came of one record, and the record's outcome with it.
    pub(crate) fn arrival(&mut self, arrival: &Arrival) -> Result<Added> {
        let input = self.input(&arrival.input)?;
        if self.is_done(input, arrival)? {
            return Ok(Added::of(&What::Again));
        }
        match &arrival.what {
            What::Rejected(reason) => {
                self.outcome(input, arrival, None, Some(reason))?;
                Ok(Added::of(&arrival.what))
            }
            What::Report(report) => {
                let (document, new) = self.report(report)?;
                self.outcome(input, arrival, Some(document), None)?;
                Ok(Added::of(if new { &arrival.what } else { &What::Again }))
            }
            What::Again => {
                let before = self
                    .change
                    .prepare_cached("SELECT document, reason FROM outcomes WHERE hash = ?1 LIMIT 1")?
                    .query_row([&arrival.hash], |row| {
                        Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<String>>(1)?))
                    })?;
                self.outcome(input, arrival, before.0, before.1.as_deref())?;
                Ok(Added::of(&What::Again))
            }
        }
    }

    fn input(&self, name: &str) -> Result<i64> {
        self.change.prepare_cached("INSERT OR IGNORE INTO inputs (name) VALUES (?1)")?.execute([name])?;
        self.change.prepare_cached("SELECT id FROM inputs WHERE name = ?1")?.query_row([name], |row| row.get(0))
    }

    fn is_done(&self, input: i64, arrival: &Arrival) -> Result<bool> {
        self.change
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM outcomes WHERE hash = ?3 AND input = ?1 AND (?2 IS NULL OR ordinal = ?2))",
            )?
            .query_row(params![input, arrival.ordinal, arrival.hash], |row| row.get(0))
    }

    fn outcome(&self, input: i64, arrival: &Arrival, document: Option<i64>, reason: Option<&str>) -> Result<()> {
        let ordinal = match arrival.ordinal {
            Some(ordinal) => ordinal as i64,
            None => self
                .change
                .prepare_cached("SELECT ifnull(max(ordinal) + 1, 0) FROM outcomes WHERE input = ?1")?
                .query_row([input], |row| row.get(0))?,
        };
        self.change
            .prepare_cached(
                "INSERT OR REPLACE INTO outcomes (input, ordinal, line, offset, hash, outcome, document, reason)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                input,
                ordinal,
                arrival.line,
                arrival.offset,
                arrival.hash,
                if document.is_some() { "stored" } else { "rejected" },
                document,
                reason
            ])?;
        Ok(())
    }

    /// The row of a report, and whether it is new. Of two records of one report the better ranked stays, whichever came
    /// first.
    fn report(&mut self, report: &Report) -> Result<(i64, bool)> {
        let key = report.key();
        let before = self
            .change
            .prepare_cached(
                "SELECT id, coded, published, publisher, uri, title, language, licence FROM documents WHERE key = ?1",
            )?
            .query_row([&key], |row| {
                let known = [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?];
                Ok((row.get::<_, i64>(0)?, Rank::of(row.get(1)?, known)))
            })
            .optional()?;
        let Some((id, rank)) = before else {
            let id = self.document(None, &key, report)?;
            return Ok((id, true));
        };
        if report.rank() < rank {
            self.clear(id)?;
            self.document(Some(id), &key, report)?;
            // Its day may have changed, and with it which report of its group is the first.
            let first =
                self.change
                    .query_row("SELECT ifnull(copy_of, id) FROM documents WHERE id = ?1", [id], |row| row.get(0))?;
            copies::regroup(self.change, &[first])?;
        }
        Ok((id, false))
    }

    /// Removes all that was read from a document, but not the document's row.
    fn clear(&self, id: i64) -> Result<()> {
        self.change.execute(
            "INSERT INTO sentences_fts (sentences_fts, rowid, text)
             SELECT 'delete', id, text FROM sentence_text WHERE document = ?1",
            [id],
        )?;
        for table in ["sentences", "furniture", "problems", "events", "attributions"] {
            self.change.execute(&format!("DELETE FROM {table} WHERE document = ?1"), [id])?;
        }
        Ok(())
    }

    fn document(&mut self, id: Option<i64>, key: &str, report: &Report) -> Result<i64> {
        let r = &report.record;
        let dateline = r.dateline.as_ref();
        self.change
            .prepare_cached(
                "INSERT INTO documents (id, key, name, uri, title, published, publisher, language, licence, author,
                     byline, credit, dateline_place, dateline_date, text, text_hash, presplit, words, coded)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
                 ON CONFLICT (id) DO UPDATE SET uri = ?4, title = ?5, published = ?6, publisher = ?7, language = ?8,
                     licence = ?9, author = ?10, byline = ?11, credit = ?12, dateline_place = ?13, dateline_date = ?14,
                     presplit = ?17, coded = ?19, linked = 0",
            )?
            .execute(params![
                id,
                key,
                r.id,
                r.uri,
                r.title,
                r.published.map(|day| day.to_string()),
                r.publisher,
                r.language,
                r.licence,
                r.author,
                r.byline,
                r.credit,
                dateline.and_then(|d| d.place.as_deref()),
                dateline.and_then(|d| d.date).map(|day| day.to_string()),
                report.text,
                hash::text(&report.text),
                report.presplit,
                report.words as i64,
                report.coded,
            ])?;
        let id = id.unwrap_or_else(|| self.change.last_insert_rowid());
        self.parts(id, r)?;
        if let Some(signature) = &report.signature {
            copies::place(self.change, id, &report.text, signature)?;
        }
        Ok(id)
    }

    fn parts(&mut self, document: i64, record: &Record) -> Result<()> {
        for (n, sentence) in record.sentences.iter().enumerate() {
            self.change
                .prepare_cached("INSERT INTO sentences (document, n, span_start, span_end) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![document, n as i64, sentence.span[0] as i64, sentence.span[1] as i64])?;
        }
        self.change
            .prepare_cached(
                "INSERT INTO sentences_fts (rowid, text) SELECT id, text FROM sentence_text WHERE document = ?1",
            )?
            .execute([document])?;
        for (n, f) in record.furniture.iter().enumerate() {
            self.change.prepare_cached("INSERT INTO furniture VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
                document,
                n as i64,
                f.kind,
                f.span[0] as i64,
                f.span[1] as i64,
                f.value
            ])?;
        }
        for (n, p) in record.problems.iter().enumerate() {
            let [start, end] = ends(p.span);
            self.change
                .prepare_cached("INSERT INTO problems VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![document, n as i64, start, end, p.what])?;
        }
        for (n, event) in record.events.iter().enumerate() {
            self.event(document, n, event)?;
        }
        for (n, attribution) in record.attributions.iter().enumerate() {
            self.attribution(document, n, attribution)?;
        }
        Ok(())
    }

    fn event(&mut self, document: i64, n: usize, e: &Event) -> Result<()> {
        let place = e.place.as_ref().map(|p| self.place(p)).transpose()?;
        let [place_start, place_end] = ends(e.place.as_ref().map(|p| p.span));
        let [when_start, when_end] = ends(e.when_span);
        self.change
            .prepare_cached(
                "INSERT INTO events (event_id, document, sent, n, trigger_text, span_start, span_end, type, mode,
                     contexts, cameo, quad, score, goldstein, status, place, place_start, place_end, when_text,
                     when_start, when_end, date_first, date_last, granularity, rule, confidence, same_as)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                     ?21, ?22, ?23, ?24, ?25, ?26, ?27)",
            )?
            .execute(params![
                e.id.as_str(),
                document,
                e.sent as i64,
                n as i64,
                e.trigger,
                e.span[0] as i64,
                e.span[1] as i64,
                e.kind,
                e.mode,
                e.contexts.join("; "),
                e.cameo,
                e.quad,
                real(e.score),
                e.goldstein.map(real),
                e.status.name(),
                place,
                place_start,
                place_end,
                e.when,
                when_start,
                when_end,
                e.date.map(|d| d.first().to_string()),
                e.date.map(|d| d.last().to_string()),
                e.granularity,
                e.rule,
                real(e.confidence),
                e.same_as.as_ref().map(|id| id.as_str()),
            ])?;
        let event = self.change.last_insert_rowid();
        self.parties(event, "actor", &e.actor)?;
        self.parties(event, "recipient", &e.recipient)?;
        self.speakers(event, &e.said_by)
    }

    fn place(&self, p: &Place) -> Result<i64> {
        let (lat, lon) = (p.lat.map(real), p.lon.map(real));
        let values = params![p.text, lat, lon, p.country, p.admin1];
        let found = self
            .change
            .prepare_cached(
                "SELECT id FROM places WHERE text = ?1 AND ifnull(lat, 999) = ifnull(?2, 999)
                     AND ifnull(lon, 999) = ifnull(?3, 999) AND ifnull(country, '') = ifnull(?4, '')
                     AND ifnull(admin1, '') = ifnull(?5, '')",
            )?
            .query_row(values, |row| row.get(0))
            .optional()?;
        if let Some(id) = found {
            return Ok(id);
        }
        self.change
            .prepare_cached("INSERT INTO places (text, lat, lon, country, admin1) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(values)?;
        Ok(self.change.last_insert_rowid())
    }

    fn parties(&self, event: i64, side: &str, parties: &[Party]) -> Result<()> {
        for (n, p) in parties.iter().enumerate() {
            self.change
                .prepare_cached("INSERT INTO parties VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)")?
                .execute(params![
                    event,
                    side,
                    n as i64,
                    p.text,
                    p.span[0] as i64,
                    p.span[1] as i64,
                    p.name,
                    p.code,
                    p.country,
                    p.sector,
                    p.inferred
                ])?;
        }
        Ok(())
    }

    fn speakers(&self, event: i64, speakers: &[Speaker]) -> Result<()> {
        for (n, s) in speakers.iter().enumerate() {
            let [start, end] = ends(s.span);
            self.change
                .prepare_cached("INSERT INTO speakers VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?
                .execute(params![event, n as i64, s.text, start, end, s.name, s.code, s.cue])?;
        }
        Ok(())
    }

    fn attribution(&self, document: i64, n: usize, a: &Attribution) -> Result<()> {
        self.change
            .prepare_cached(
                "INSERT INTO attributions (document, n, sent, source_text, source_name, source_code, cue, content, kind,
                     nested_in, continues, source_spans, cue_spans, content_spans)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?
            .execute(params![
                document,
                n as i64,
                a.sent as i64,
                a.source.text,
                a.source.name,
                a.source.code,
                a.cue.text,
                a.content.text,
                a.kind.name(),
                a.nested_in.map(|i| i as i64),
                a.continues.map(|i| i as i64),
                spans(&a.source.spans),
                spans(&a.cue.spans),
                spans(&a.content.spans),
            ])?;
        Ok(())
    }
}

fn ends(span: Option<ByteSpan>) -> [Option<i64>; 2] {
    [span.map(|s| s[0] as i64), span.map(|s| s[1] as i64)]
}

fn spans(spans: &[ByteSpan]) -> String {
    let inner: Vec<String> = spans.iter().map(|[start, end]| format!("[{start},{end}]")).collect();
    format!("[{}]", inner.join(","))
}

/// The double that is written like `value`: 0.85 rather than 0.8500000238418579.
fn real(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(f64::from(value))
}
