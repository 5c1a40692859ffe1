//! Which events are meant.

use jiff::civil::Date;

/// A party, a speaker or a place, as a user names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who(String);

impl Who {
    /// In capitals a code, or its beginning ("IRN", "IRNGOV", "---REB"); else a name or a part of one ("rouhani").
    pub fn new(text: impl Into<String>) -> Who {
        Who(text.into())
    }

    fn is_code(&self) -> bool {
        self.0.len() >= 3 && self.0.bytes().all(|b| b.is_ascii_uppercase() || b == b'-')
    }

    /// A condition over columns of codes, names and words, and the value that it needs.
    fn condition(&self, code: &str, names: &[&str]) -> (String, String) {
        if self.is_code() {
            return (format!("{code} GLOB ?"), format!("{}*", self.0));
        }
        let any: Vec<String> = names.iter().map(|name| format!("ifnull({name}, '')")).collect();
        (format!("instr(lower({}), lower(?)) > 0", any.join(" || char(10) || ")), self.0.clone())
    }
}

/// Which events are meant: those for which everything that is given holds. Of several values of one field, any will do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Who acts.
    pub actor: Vec<Who>,
    /// Whom it reaches.
    pub recipient: Vec<Who>,
    /// Who is on either side.
    pub party: Vec<Who>,
    /// Whose word it is, anywhere in the chain of speakers.
    pub speaker: Vec<Who>,
    /// Only what the narrator says on his own word.
    pub unattributed: bool,
    /// Where it happened: a country's code, or words of the place.
    pub place: Vec<Who>,
    /// PLOVER types.
    pub kind: Vec<String>,
    /// Quad classes.
    pub quad: Vec<u8>,
    /// Statuses.
    pub status: Vec<String>,
    /// Words of the publisher's name.
    pub publisher: Vec<String>,
    /// First day: of the event, where it is dated, else of the report.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// A full-text query over the sentences that tell of the events (SQLite's FTS5 syntax).
    pub text: Option<String>,
    /// Least confidence.
    pub confidence: Option<f32>,
    /// Acts rather than mentions: leave out events that tell of an act told before.
    pub acts: bool,
}

/// The day of an event: its own where it is dated, else the report's.
pub(crate) const DAY: &str = "ifnull(e.date_first, d.published)";

impl Filter {
    /// Whether [`condition`](Self::condition) names the table of reports.
    pub(crate) fn asks_of_reports(&self) -> bool {
        !self.publisher.is_empty() || self.from.is_some() || self.to.is_some()
    }

    /// A condition over events `e` and documents `d`, and the values that it needs, in order.
    pub(crate) fn condition(&self) -> (String, Vec<String>) {
        let mut all = Conditions::default();
        all.any(&self.actor, |who| side(who, Some("actor")));
        all.any(&self.recipient, |who| side(who, Some("recipient")));
        all.any(&self.party, |who| side(who, None));
        all.any(&self.speaker, |who| {
            let (condition, value) = who.condition("w.code", &["w.name", "w.text"]);
            (format!("EXISTS (SELECT 1 FROM speakers w WHERE w.event = e.id AND {condition})"), value)
        });
        all.any(&self.place, |who| {
            let (condition, value) = who.condition("w.country", &["w.text", "w.admin1"]);
            (format!("EXISTS (SELECT 1 FROM places w WHERE w.id = e.place AND {condition})"), value)
        });
        all.any(&self.kind, |kind| ("e.type = ?".to_owned(), kind.to_uppercase()));
        all.any(&self.quad, |quad| ("e.quad = CAST(? AS INTEGER)".to_owned(), quad.to_string()));
        all.any(&self.status, |status| ("e.status = ?".to_owned(), status.clone()));
        all.any(&self.publisher, |name| ("instr(lower(d.publisher), lower(?)) > 0".to_owned(), name.clone()));
        all.any(&self.from, |day| (format!("{DAY} >= ?"), day.to_string()));
        all.any(&self.to, |day| (format!("{DAY} <= ?"), day.to_string()));
        all.any(&self.confidence, |least| ("e.confidence >= CAST(? AS REAL)".to_owned(), least.to_string()));
        all.any(&self.text, |text| {
            let found = "SELECT t.document, t.n FROM sentences_fts f JOIN sentences t ON t.id = f.rowid \
                 WHERE sentences_fts MATCH ?";
            (format!("(e.document, e.sent) IN ({found})"), text.clone())
        });
        if self.unattributed {
            all.parts.push("NOT EXISTS (SELECT 1 FROM speakers w WHERE w.event = e.id)".to_owned());
        }
        if self.acts {
            all.parts.push("e.same_as IS NULL".to_owned());
        }
        let condition = if all.parts.is_empty() { "1".to_owned() } else { all.parts.join(" AND ") };
        (condition, all.values)
    }
}

fn side(who: &Who, side: Option<&str>) -> (String, String) {
    let (condition, value) = who.condition("w.code", &["w.name", "w.text"]);
    let side = side.map_or(String::new(), |side| format!("w.side = '{side}' AND "));
    (format!("EXISTS (SELECT 1 FROM parties w WHERE w.event = e.id AND {side}{condition})"), value)
}

#[derive(Default)]
struct Conditions {
    parts: Vec<String>,
    values: Vec<String>,
}

impl Conditions {
    /// One of `given` must hold, where there are any.
    fn any<'g, T: 'g>(&mut self, given: impl IntoIterator<Item = &'g T>, one: impl Fn(&T) -> (String, String)) {
        let (parts, values): (Vec<String>, Vec<String>) = given.into_iter().map(one).unzip();
        if !parts.is_empty() {
            self.parts.push(format!("({})", parts.join(" OR ")));
            self.values.extend(values);
        }
    }
}
