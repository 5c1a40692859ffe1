//! Codebook: its types, entries and examples; and what a change of an entry would change over the store.
//!
//! Nothing is kept: a change is put into a copy of the codebook's files, coded with that, shown, and taken away as a file.

mod blocks;
mod browse;
mod outcome;
mod trial;
mod words;

use maud::{Markup, html};
use readout_codebook::Codebook;

use super::Asked;
use crate::answer::{Fault, View};
use crate::limits::Limits;
use blocks::Block;

/// Its address.
pub(crate) const PATH: &str = "/codebook";

/// Shows the codebook, an entry to be changed, or what its change does.
pub(crate) fn look<'a>(asked: &Asked<'a>) -> Result<Box<dyn View + 'a>, Fault> {
    match asked.sent {
        Some(sent) => outcome::look(asked, sent),
        None => browse::look(asked),
    }
}

/// The files of the program's codebook; what stands beside them for people is none.
fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
    Codebook::embedded_files().filter(|(name, _)| name.ends_with(".txt"))
}

/// All blocks of the codebook, by file and line.
fn all() -> impl Iterator<Item = Block> {
    files().flat_map(|(file, text)| blocks::of(file, text))
}

/// The block that goes by a head.
fn find(head: &str) -> Option<Block> {
    all().find(|block| block.head() == head)
}

/// The form for a block; for a new one where `block` is empty.
fn form(file: &str, block: &str, text: &str, can_code: bool, limits: &Limits) -> Markup {
    html! {
        form.stack.bench method="post" action=(PATH) data-module="sql" {
            input type="hidden" name="block" value=(block);
            @if block.is_empty() {
                label { span { "File" } select name="file" {
                    @for (name, _) in files().filter(|(_, text)| !blocks::of("", text).is_empty()) {
                        option value=(name) selected[name == file] { (name) }
                    }
                } }
            } @else { input type="hidden" name="file" value=(file); }
            label { span.unseen { "The entry" }
                textarea name="text" rows=(text.lines().count().clamp(6, 24)) required spellcheck="false" maxlength=(limits.bench_bytes) {
                    "\n" (text) } }
            div.row {
                @if can_code { button.primary name="do" value="try" { "See what it changes" } }
                button name="do" value="file" { "Save the file" }
                button name="do" value="patch" { "Save as a patch" }
            }
            p.faint {
                @if can_code { "The newest reports whose sentences have the changed words, " (limits.bench_reports)
                    " at most, are coded with and without the change. " } @else { "This explorer was started without a coder. " }
                "Nothing is kept, the store stays as it is."
            }
        }
    }
}
