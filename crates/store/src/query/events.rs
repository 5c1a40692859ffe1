//! Events and counts of them, by SQL.

use rusqlite::params_from_iter;

use super::filter::{DAY, Filter};
use super::grid::Grid;
use crate::{Result, Store};

/// What events can be counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// PLOVER type.
    Type,
    /// PLOVER mode.
    Mode,
    /// Quad class.
    Quad,
    /// Status.
    Status,
    /// Code of an actor.
    Actor,
    /// Country of an actor.
    ActorCountry,
    /// Code of a recipient.
    Recipient,
    /// Country of a recipient.
    RecipientCountry,
    /// Code of the innermost speaker; none for the narrator.
    Speaker,
    /// Publisher.
    Publisher,
    /// Country where it happened.
    Place,
    /// Day.
    Day,
    /// First day of the week (Monday).
    Week,
    /// Month.
    Month,
    /// Year.
    Year,
}

impl Field {
    /// All fields with their names.
    pub const ALL: [(Field, &'static str); 15] = [
        (Field::Type, "type"),
        (Field::Mode, "mode"),
        (Field::Quad, "quad"),
        (Field::Status, "status"),
        (Field::Actor, "actor"),
        (Field::ActorCountry, "actor_country"),
        (Field::Recipient, "recipient"),
        (Field::RecipientCountry, "recipient_country"),
        (Field::Speaker, "speaker"),
        (Field::Publisher, "publisher"),
        (Field::Place, "place_country"),
        (Field::Day, "day"),
        (Field::Week, "week"),
        (Field::Month, "month"),
        (Field::Year, "year"),
    ];

    /// Its name, as a column has it.
    pub fn name(self) -> &'static str {
        Field::ALL.iter().find(|(f, _)| *f == self).map_or("type", |(_, name)| name)
    }

    /// Whether it is a stretch of time, so that counts by it are a series.
    pub fn is_time(self) -> bool {
        matches!(self, Field::Day | Field::Week | Field::Month | Field::Year)
    }

    /// The column, and the join it needs.
    fn sql(self) -> (String, &'static str) {
        const ACTOR: &str = "LEFT JOIN parties a ON a.event = e.id AND a.side = 'actor'";
        const RECIPIENT: &str = "LEFT JOIN parties r ON r.event = e.id AND r.side = 'recipient'";
        let plain = |column: &str| (column.to_owned(), "");
        match self {
            Field::Type => plain("e.type"),
            Field::Mode => plain("e.mode"),
            Field::Quad => plain("e.quad"),
            Field::Status => plain("e.status"),
            Field::Actor => ("a.code".to_owned(), ACTOR),
            Field::ActorCountry => ("a.country".to_owned(), ACTOR),
            Field::Recipient => ("r.code".to_owned(), RECIPIENT),
            Field::RecipientCountry => ("r.country".to_owned(), RECIPIENT),
            Field::Speaker => ("s.code".to_owned(), "LEFT JOIN speakers s ON s.event = e.id AND s.n = 0"),
            Field::Publisher => plain("d.publisher"),
            Field::Place => ("p.country".to_owned(), "LEFT JOIN places p ON p.id = e.place"),
            Field::Day => plain(DAY),
            Field::Week => (format!("date({DAY}, '-6 days', 'weekday 1')"), ""),
            Field::Month => (format!("substr({DAY}, 1, 7)"), ""),
            Field::Year => (format!("substr({DAY}, 1, 4)"), ""),
        }
    }
}

impl Store {
    /// The events that `filter` means, one row each, by day and then identifier; `limit` rows at most.
    pub fn events(&self, filter: &Filter, limit: usize) -> Result<Grid> {
        let (condition, values) = filter.condition();
        let codes = |side: &str| {
            format!(
                "(SELECT group_concat(code, '; ') FROM (SELECT code FROM parties WHERE event = e.id AND side = '{side}' ORDER BY n))"
            )
        };
        let sql = format!(
            "SELECT e.event_id, {DAY} AS day, {} AS actor, e.type, e.mode, {} AS recipient, e.status,
                 (SELECT group_concat(code, ' < ') FROM (SELECT code FROM speakers WHERE event = e.id ORDER BY n)) AS said_by,
                 (SELECT text FROM places WHERE id = e.place) AS place, d.publisher, d.name AS document, e.confidence,
                 (SELECT text FROM sentence_text t WHERE t.document = e.document AND t.n = e.sent) AS sentence
             FROM events e JOIN documents d ON d.id = e.document
             WHERE {condition} ORDER BY {DAY}, e.event_id LIMIT {}",
            codes("actor"),
            codes("recipient"),
            limit.saturating_add(1)
        );
        self.grid(&sql, &values, limit)
    }

    /// How many events `filter` means, by the values of `fields`: the most frequent first, or in order of time where the
    /// first field is one. An event with two actors counts for each. Also their mean PLOVER score.
    pub fn counts(&self, filter: &Filter, fields: &[Field], limit: usize) -> Result<Grid> {
        let (condition, values) = filter.condition();
        let mut joins: Vec<&str> = Vec::new();
        let mut columns: Vec<String> = Vec::new();
        for field in fields {
            let (column, join) = field.sql();
            columns.push(format!("{column} AS {}", field.name()));
            if !joins.contains(&join) {
                joins.push(join);
            }
        }
        let places: Vec<String> = (1..=fields.len()).map(|n| n.to_string()).collect();
        let by = places.join(", ");
        let order = if fields.first().is_some_and(|f| f.is_time()) { by.clone() } else { format!("events DESC, {by}") };
        let (group, order) = if fields.is_empty() {
            (String::new(), String::new())
        } else {
            (format!("GROUP BY {by}"), format!("ORDER BY {order}"))
        };
        columns.push("count(DISTINCT e.id) AS events".to_owned());
        columns.push("count(DISTINCT e.document) AS documents".to_owned());
        columns.push("round(avg(e.score), 3) AS mean_score".to_owned());
        let sql = format!(
            "SELECT {} FROM events e JOIN documents d ON d.id = e.document {} WHERE {condition} {group} {order} LIMIT {}",
            columns.join(", "),
            joins.join(" "),
            limit.saturating_add(1)
        );
        self.grid(&sql, &values, limit)
    }

    fn grid(&self, sql: &str, values: &[String], limit: usize) -> Result<Grid> {
        self.sql(|c| {
            let mut statement = c.prepare(sql)?;
            let columns = statement.column_names().map(str::to_owned).collect();
            Grid::of(statement.query(params_from_iter(values))?, columns, limit)
        })
    }
}
