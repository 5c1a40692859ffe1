//! The codebook as it is: types, and the blocks that words or a type find.

use maud::{Markup, html};
use readout_codebook::{Codebook, EventType};
use serde_json::{Value, json};

use super::blocks::Block;
use super::{PATH, all, find, form};
use crate::answer::{Cell, Fault, Others, Page, Table, View};
use crate::limits::Limits;
use crate::page::hint::hint;
use crate::page::names::{self, counted, visible};
use crate::views::Asked;

/// What a new entry begins with.
const TEMPLATE: &str = "rule accuse/scold\n  type     ACCUSE disapprove\n  verb     subj > obj : scold, tell off\n  codes    The Kenyan government scolded Uganda. = KENGOV > UGAGOV\n  ignores  The teacher scolded the boy.\n";

/// File that a new entry is put into unless another is chosen.
const FILE: &str = "acts/accuse.txt";

struct Browse<'a> {
    /// Words that are looked for.
    words: String,
    kind: String,
    found: Vec<Block>,
    total: usize,
    /// The block that is to be changed; `Some(None)`: a new one.
    edited: Option<Option<Block>>,
    can_code: bool,
    limits: &'a Limits,
}

/// Shows what words and a type find, or the block that is to be changed.
pub(super) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    let words = asked.query.get("q").unwrap_or_default().to_owned();
    let kind = asked.query.get("type").unwrap_or_default().to_owned();
    let edited = match asked.query.get("edit") {
        Some("new") => Some(None),
        Some(head) => {
            let missing = || Fault::missing(format!("the codebook has no “{head}”"), "search for its words");
            Some(Some(find(head).ok_or_else(missing)?))
        }
        None => None,
    };
    let mut found: Vec<Block> = if edited.is_some() || (words.is_empty() && kind.is_empty()) {
        Vec::new()
    } else {
        all().filter(|block| block.has(&words) && (kind.is_empty() || is_of(block, &kind))).collect()
    };
    // What bears the word in its name or among its own words comes before what has it in an example.
    found.sort_by_key(|block| !block.rest().iter().any(|line| line.contains(&words)));
    let total = found.len();
    found.truncate(asked.limits.bench_blocks);
    Ok(Box::new(Browse { words, kind, found, total, edited, can_code: asked.coder.is_some(), limits: asked.limits }))
}

/// Whether a block names acts of a type, or makes some.
fn is_of(block: &Block, kind: &str) -> bool {
    let book = Codebook::embedded();
    match block.kind.as_str() {
        "rule" => book.rules().iter().any(|r| r.name == block.name && r.kind == kind),
        "operator" => block
            .rest()
            .iter()
            .any(|line| line.starts_with("gives") && line.split_whitespace().any(|word| word == kind)),
        _ => false,
    }
}

impl View for Browse<'_> {
    fn page(&self) -> Page {
        let at = |ending: &str| format!("{PATH}.{ending}?{}", self.query());
        Page {
            title: "Codebook".to_owned(),
            tab: PATH,
            others: self.edited.is_none().then(|| Others { json: at("json"), csv: at("csv") }),
            main: self.main(),
        }
    }

    fn json(&self) -> Value {
        let kinds = Codebook::embedded().ontology.kinds().iter();
        json!({
            "view": "codebook",
            "codebook": Codebook::embedded().hash(),
            "types": kinds.map(|k| json!({ "type": k.name, "quad": k.quad.number(), "about": k.about,
                "modes": k.modes.iter().map(|m| &m.name).collect::<Vec<_>>(), "rules": rules(k) })).collect::<Vec<_>>(),
            "total": self.total,
            "truncated": self.found.len() < self.total,
            "blocks": self.found.iter().chain(self.edited.iter().flatten()).map(|b| json!({ "file": b.file, "line": b.start + 1, "kind": b.kind, "name": b.name, "text": b.text }))
                .collect::<Vec<_>>(),
        })
    }

    fn table(&self) -> Table {
        let row = |b: &Block| {
            vec![
                Cell::Code(b.file.clone()),
                Cell::count(b.start + 1),
                Cell::Code(b.kind.clone()),
                Cell::Code(b.name.clone()),
                Cell::Words(b.text.clone()),
            ]
        };
        let name = if self.found.len() < self.total {
            format!("codebook-first-{}", self.found.len())
        } else {
            "codebook".to_owned()
        };
        Table {
            name,
            columns: vec!["file", "line", "kind", "name", "text"],
            rows: self.found.iter().map(row).collect(),
        }
    }
}

/// How many rules name acts of a type.
fn rules(kind: &EventType) -> usize {
    Codebook::embedded().rules().iter().filter(|rule| rule.kind == kind.name).count()
}

impl Browse<'_> {
    fn query(&self) -> String {
        let mut out = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("q", &self.words), ("type", &self.kind)] {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        }
        out.finish()
    }

    fn main(&self) -> Markup {
        html! {
            @match &self.edited {
                Some(Some(block)) => { (self.edit(block)) },
                Some(None) => {
                    div.narrow {
                        p.eyebrow { a href=(PATH) { "Codebook" } }
                        h1 { "A new entry" }
                        p.lead { "What it would code in the reports of this store." }
                        (form(FILE, "", TEMPLATE, self.can_code, self.limits))
                    }
                },
                None => { (self.shelf()) },
            }
        }
    }

    fn edit(&self, block: &Block) -> Markup {
        html! {
            div.narrow {
                p.eyebrow { a href=(PATH) { "Codebook" } " · " (block.file) ", line " (block.start + 1) }
                h1 { (block.head()) }
                p.lead { "Change words, conditions or types, and see what that changes in the reports of this store." }
                (form(&block.file, &block.head(), &block.text, self.can_code, self.limits))
            }
        }
    }

    fn shelf(&self) -> Markup {
        html! {
            header.whose {
                h1 { "Codebook" }
                p.lead { "The words that name acts, and what is coded from them. Change an entry, or add one, and see at once what that
                    changes over the store." }
                (hint("codebook", &html! { p { "Search for the dictionary form of a word, or choose a type; open an entry, and “Try a change”.
                    The newest reports that have its words are coded with and without the change, which takes some seconds. Nothing is
                    kept: save the file, and code the store with it." } }))
                form.ask method="get" action=(PATH) role="search" {
                    label.unseen for="q" { "Words of an entry" }
                    input #q type="search" name="q" value=(self.words) maxlength="200" autocomplete="off"
                        placeholder="A word: condemn, lash out, air strike";
                    @if !self.kind.is_empty() { input type="hidden" name="type" value=(self.kind); }
                    button.primary { "Search" }
                    a.to-filter.always href={ (PATH) "?edit=new" } { "New entry" }
                }
            }
            div.shelf {
                nav aria-label="Types" { (self.types()) }
                section {
                    @if self.words.is_empty() && self.kind.is_empty() {
                        p.faint { "Search for a word, or choose a type. The program's codebook "
                            code { (Codebook::embedded().hash()) } " has " (counted(Codebook::embedded().rules().len() as u64, "rule")) ", "
                            (counted(Codebook::embedded().operators().len() as u64, "operator")) " and "
                            (counted(Codebook::embedded().cues().len() as u64, "cue")) "." }
                    } @else {
                        h2 { (counted(self.total as u64, "block"))
                            @if !self.words.is_empty() { " with “" (visible(&self.words)) "”" }
                            @if !self.kind.is_empty() { " of " (visible(&self.kind)) " " a.faint href=(self.without_type()) { "any type" } } }
                        @if self.total == 0 { p.faint { "Words are dictionary forms: " code { "condemn" } ", not condemned." } }
                        @if self.found.len() < self.total { p.notice { "The first " (self.found.len()) " are shown." } }
                    }
                    @for (i, block) in self.found.iter().enumerate() { (card(block, i == 0)) }
                }
            }
        }
    }

    fn without_type(&self) -> String {
        let words: String = form_urlencoded::Serializer::new(String::new()).append_pair("q", &self.words).finish();
        format!("{PATH}?{words}")
    }

    fn types(&self) -> Markup {
        html! {
            ul.types { @for kind in Codebook::embedded().ontology.kinds() {
                @let quad = kind.quad.number();
                li { a.{ "q" (quad) } href={ (PATH) "?type=" (kind.name) } title=(kind.about) aria-current=[(kind.name == self.kind).then_some("true")] {
                    span.type { span aria-hidden="true" { (names::quad(quad).1) } " " (kind.name) } span.count { (rules(kind)) }
                } }
            } }
        }
    }
}

fn card(block: &Block, is_open: bool) -> Markup {
    let edit: String = form_urlencoded::Serializer::new(String::new()).append_pair("edit", &block.head()).finish();
    html! {
        details.block open[is_open] {
            summary { b { (block.head()) } span.faint { " " (block.file) ":" (block.start + 1) ", " (counted(block.examples() as u64, "example")) } }
            pre tabindex="0" { (block.text) }
            p { a href={ (PATH) "?" (edit) } { "Try a change" } }
        }
    }
}
