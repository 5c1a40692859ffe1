//! The comparison: a table of voices and matters, and below it each matter with its evidence.

use maud::{Markup, html};
use readout_codebook::Codebook;
use readout_record::Event;
use readout_record::claims::{Claim, Claims, Matter, Mention, Standing, Voice};
use readout_store::Evidence;
use serde_json::{Value, json};

use super::scope::{Scope, stem};
use super::{PATH, called, cards, listed, matrix, stance};
use crate::answer::{Cell, Fault, Others, Page, Table, View};
use crate::limits::Limits;
use crate::page::event;
use crate::page::hint::hint;
use crate::page::names::{Names, counted, visible};
use crate::views::Asked;

/// All that the page shows.
pub(super) struct Compare<'a> {
    pub(super) scope: Scope,
    pub(super) mentions: Vec<Evidence>,
    pub(super) claims: Claims,
    /// The matter of the event that it is about.
    pub(super) focus: Option<usize>,
    /// Whether mentions were left out.
    cut: bool,
    pub(super) names: Names<'a>,
    pub(super) limits: &'a Limits,
}

/// Compares what is said of an event, or between two parties.
pub(super) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let (scope, row) = Scope::of(asked)?;
    let (mentions, cut) = scope.mentions(asked, row)?;
    let keys: Vec<&str> = mentions.iter().map(|e| e.report.key.as_str()).collect();
    let prints = asked.store.first_prints(&keys)?;
    let of = |e: &'_ Evidence| e.report.published.as_ref().and_then(|day| day.parse().ok());
    let given: Vec<Mention<'_>> = mentions
        .iter()
        .map(|e| Mention {
            event: &e.event,
            published: of(e),
            outlet: e.report.publisher.as_deref(),
            report: &e.report.key,
            print: prints.get(&e.report.key).unwrap_or(&e.report.key),
        })
        .collect();
    let rules = Codebook::embedded().rules();
    let kind_of = |name: &str| rules.iter().find(|rule| rule.name == name).map(|rule| rule.kind.clone());
    let claims = Claims::of(&given, &kind_of);
    let about = scope.event.as_deref();
    let mention = mentions.iter().position(|e| about == Some(e.event.id.as_str()));
    let focus = mention.and_then(|i| claims.matter_of(i));
    let names = Names::new(Some(&asked.snapshot.overview.bodies));
    Ok(Box::new(Compare { scope, mentions, claims, focus, cut, names, limits: asked.limits }))
}

impl View for Compare<'_> {
    fn page(&self) -> Page {
        let at = |ending: &str| format!("{PATH}.{ending}?{}", self.scope.query());
        Page {
            title: format!("Whose word: {}", self.parties()),
            tab: PATH,
            others: Some(Others { json: at("json"), csv: at("csv") }),
            main: html! {
                header.whose {
                    p.eyebrow { a href=(PATH) { "Whose word" } }
                    h1 { (self.parties()) @if let Some(days) = self.days() { span.faint { ", " (days) } } }
                    (self.lead())
                    (hint("claims", &html! { p { "A row is a matter, what may be one and the same act; a column is a voice: a speaker, or an outlet on its
                        own word. “Contested” means that one says so and another denies it, “agreed” that two say so independently.
                        All of it is counted from the sentences below." } }))
                    (self.form())
                }
                @if self.claims.matters.is_empty() { (self.nothing()) } @else {
                    (matrix::draw(self))
                    (cards::draw(self))
                }
            },
        }
    }

    fn json(&self) -> Value {
        let matters: Vec<Value> = self.shown().map(|(number, matter)| self.matter_json(number, matter)).collect();
        json!({
            "view": "claims",
            "query": self.scope.query(),
            "between": self.scope.between,
            "from": self.scope.from, "to": self.scope.to,
            "truncated": self.cut || self.claims.matters.len() > self.limits.matters,
            "mentions": self.mentions.len(),
            "focus": self.focus.map(|_| 1),
            "voices": self.claims.voices.iter().map(|v| self.voice_json(v)).collect::<Vec<_>>(),
            "matters": matters,
        })
    }

    fn table(&self) -> Table {
        let mut columns = vec!["matter", "standing", "voice", "voice_kind", "is_party", "stance"];
        columns.extend(event::COLUMNS);
        columns.extend(["publisher", "published", "report", "sentence"]);
        let row = |(number, matter): (usize, &Matter), claim: &Claim| {
            let e = self.mentions.get(claim.mention)?;
            let (kind, name) = kind_and_name(&claim.voice);
            let mut cells = vec![
                Cell::count(number),
                Cell::code(Some(matter.standing.name())),
                Cell::Words(name.to_owned()),
                Cell::code(Some(kind)),
                Cell::count(matter.is_party(&claim.voice).into()),
                Cell::code(Some(claim.stance.name())),
            ];
            cells.extend(event::cells(&e.event, e.report.published.as_deref()));
            cells.extend([
                Cell::words(e.report.publisher.as_deref()),
                Cell::code(e.report.published.as_deref()),
                Cell::code(Some(&e.report.key)),
                Cell::words(Some(&e.sentence)),
            ]);
            Some(cells)
        };
        let rows =
            self.shown().flat_map(|(n, m)| m.claims.iter().filter_map(move |c| row((n, m), c)).collect::<Vec<_>>());
        let cut = self.cut || self.claims.matters.len() > self.limits.matters;
        let name = if cut { format!("claims-first-{}-matters", self.limits.matters) } else { "claims".to_owned() };
        Table { name, columns, rows: rows.collect() }
    }
}

fn kind_and_name(voice: &Voice) -> (&'static str, &str) {
    match voice {
        Voice::Speaker(code) => ("speaker", code),
        Voice::Outlet(name) => ("outlet", name),
    }
}

impl Compare<'_> {
    /// The matters that are shown, each with its number: that of the event which it is about first.
    pub(super) fn shown(&self) -> impl Iterator<Item = (usize, &Matter)> {
        let first = self.focus.and_then(|i| self.claims.matters.get(i));
        let others = self.claims.matters.iter().enumerate().filter(|(i, _)| Some(*i) != self.focus).map(|(_, m)| m);
        first.into_iter().chain(others).take(self.limits.matters).enumerate().map(|(i, m)| (i + 1, m))
    }

    /// The number under which a matter is shown.
    pub(super) fn number(&self, index: usize) -> Option<usize> {
        let number = match self.focus {
            Some(focus) if index == focus => 1,
            Some(focus) if index < focus => index + 2,
            _ => index + 1,
        };
        (number <= self.limits.matters).then_some(number)
    }

    /// The event as which a matter is first told.
    pub(super) fn first(&self, matter: &Matter) -> Option<&Event> {
        let kind_first = matter.claims.iter().filter_map(|c| self.mentions.get(c.mention));
        kind_first.map(|e| &e.event).find(|e| e.kind == matter.kind)
    }

    fn parties(&self) -> String {
        let name = |code: &str| visible(&self.names.party(code)).into_owned();
        match &self.scope.between {
            [a, b] if a == b && a == "---" => "Parties not known".to_owned(),
            [a, b] if a == b => format!("Within {}", name(a)),
            [a, b] => format!("{} and {}", name(a), name(b)),
        }
    }

    fn days(&self) -> Option<String> {
        let (from, to) = (self.scope.from, self.scope.to);
        match (from, to) {
            (Some(a), Some(b)) if a == b => Some(a.to_string()),
            (Some(a), Some(b)) => Some(format!("{a} to {b}")),
            (Some(a), None) => Some(format!("from {a}")),
            (None, Some(b)) => Some(format!("to {b}")),
            (None, None) => None,
        }
    }

    /// The whole in a few sentences.
    fn lead(&self) -> Markup {
        let count = |standing| self.claims.matters.iter().filter(|m| m.standing == standing).count();
        let (contested, agreed, single) =
            (count(Standing::Contested), count(Standing::Agreed), count(Standing::Single));
        let at_odds = self.claims.matters.iter().filter(|m| !m.odds.is_empty()).count();
        let outlets = self.claims.voices.iter().filter(|v| matches!(v, Voice::Outlet(_))).count();
        let speakers = self.claims.voices.len() - outlets;
        let parts: Vec<String> = [
            (contested, "contested"),
            (agreed, "agreed by independent voices"),
            (single, "on one voice alone"),
            (at_odds, "at odds with another"),
        ]
        .iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("{n} {what}"))
        .collect();
        html! {
            @if !self.claims.matters.is_empty() {
                p.lead { (counted(speakers as u64, "speaker")) " and " (counted(outlets as u64, "outlet")) " on "
                    (counted(self.claims.matters.len() as u64, "matter"))
                    @if !parts.is_empty() { ": " (parts.join(", ")) } "." }
            }
            @if self.cut {
                p.notice { "There is more: the last " (self.limits.claims)
                    " mentions are compared. Choose fewer days to see the others." }
            }
        }
    }

    fn form(&self) -> Markup {
        let scope = &self.scope;
        html! {
            form.row.whose-form method="get" action=(PATH) {
                label { span { "Between" }
                    input.short type="text" name="between" value=(scope.between.join("-")) required maxlength="32" autocomplete="off"
                        spellcheck="false" pattern="[A-Za-z0-9]{3,}-[A-Za-z0-9]{3,}" title="Two countries or bodies: KEN-UGA"; }
                label { span { "from" } input type="date" name="from" value=[scope.from]; }
                label { span { "to" } input type="date" name="to" value=[scope.to]; }
                button { "Compare" }
                @if let Some(event) = &scope.event {
                    @if scope.days < 30 {
                        a href=(format!("{PATH}?event={event}&days={}", (scope.days * 3).max(1))) { "Look farther: "
                            (counted((scope.days * 3).max(1) as u64, "day")) " around" }
                    }
                }
                @let [a, b] = &scope.between;
                a href=(self.search(a, b)) { "All events, as a list" }
            }
        }
    }

    fn search(&self, a: &str, b: &str) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        out.append_pair("dyad", &format!("{a}-{b}"));
        if a != b {
            out.append_pair("dyad", &format!("{b}-{a}"));
        }
        for (name, day) in [("from", self.scope.from), ("to", self.scope.to)] {
            if let Some(day) = day {
                out.append_pair(name, &day.to_string());
            }
        }
        format!("/search?{}", out.finish())
    }

    fn nothing(&self) -> Markup {
        html! {
            div.empty {
                h2 { "Nobody speaks of the two in these days" }
                ul {
                    li { "Codes are those of countries or bodies: " code { "KEN-UGA" } ", " code { "IGOUNO-SYR" } "." }
                    li { "Days may be too close together." }
                    li { a href=(PATH) { "What most voices speak of" } }
                }
            }
        }
    }

    /// How a matter stands, in words.
    pub(super) fn verdict(&self, matter: &Matter) -> String {
        use readout_record::claims::Stance::{Asserts, Denies, Expects, Supposes};
        let names = |stance| -> Vec<String> {
            let holding = matter.holding(stance);
            matter.voices().into_iter().filter(|v| holding.contains(*v)).map(|v| called(v, &self.names)).collect()
        };
        let verb = |names: &[String], one: &str, many: &str| {
            let verb = if names.len() == 1 { one } else { many };
            format!("{} {verb}", listed(names, 3))
        };
        let (says, denies) = (names(Asserts), names(Denies));
        let hopes: Vec<String> = [names(Expects), names(Supposes)].concat();
        let mut parts = Vec::new();
        match (says.as_slice(), matter.standing) {
            ([], _) => {}
            ([one], Standing::Single) => parts.push(format!("Only {one} says so")),
            _ => parts.push(verb(&says, "says so", "say so")),
        }
        if !denies.is_empty() {
            parts.push(verb(&denies, "denies it", "deny it"));
        }
        if !hopes.is_empty() {
            parts.push(verb(&hopes, "expects it or holds it possible", "expect it or hold it possible"));
        }
        let mut text = parts.join("; ");
        if matter.parties_only {
            text.push_str(". Nobody but a party to it says so");
        }
        text.push('.');
        text
    }

    fn matter_json(&self, number: usize, matter: &Matter) -> Value {
        let claim = |c: &Claim| {
            let e = self.mentions.get(c.mention)?;
            Some(json!({
                "voice": self.voice_json(&c.voice), "stance": c.stance.name(), "is_party": matter.is_party(&c.voice),
                "event": e.event, "sentence": e.sentence,
                "report": { "key": e.report.key, "title": e.report.title, "publisher": e.report.publisher,
                    "published": e.report.published, "licence": e.report.licence },
            }))
        };
        let odds = |(odds, other): &(_, usize)| {
            let odds: &readout_record::claims::Odds = odds;
            json!({ "odds": odds.name(), "matter": self.number(*other) })
        };
        json!({
            "number": number,
            "type": matter.kind, "quad": matter.quad, "actor": matter.actor, "recipient": matter.recipient, "days": matter.days,
            "standing": matter.standing.name(), "independent": matter.independent, "parties_only": matter.parties_only,
            "verdict": self.verdict(matter),
            "claims": matter.claims.iter().filter_map(claim).collect::<Vec<_>>(),
            "relayed_by": matter.relays,
            "silent": matter.silent.iter().map(|v| self.voice_json(v)).collect::<Vec<_>>(),
            "odds": matter.odds.iter().map(odds).collect::<Vec<_>>(),
        })
    }

    fn voice_json(&self, voice: &Voice) -> Value {
        let (kind, name) = kind_and_name(voice);
        json!({ "kind": kind, "id": name, "name": called(voice, &self.names) })
    }

    /// Whether a voice is of one of the two parties.
    pub(super) fn is_side(&self, voice: &Voice) -> bool {
        matches!(voice, Voice::Speaker(code) if self.scope.between.iter().any(|side| side == stem(code)))
    }
}

/// What a voice says of a matter, as a table's cell shows it: sign, words, class.
pub(super) fn heard(matter: &Matter, voice: &Voice) -> (&'static str, &'static str, &'static str) {
    let relays = matches!(voice, Voice::Outlet(name) if matter.relays.contains(name));
    match (matter.stance(voice), relays) {
        (Some(held), _) => {
            let (sign, words) = stance(held);
            (sign, words, held.name())
        }
        (None, true) => ("❝", "passes on what others say", "relays"),
        (None, false) if matter.silent.contains(voice) => ("–", "is silent", "silent"),
        (None, false) => ("", "is not heard in these days", "absent"),
    }
}
