//! One file a command.

pub(crate) mod add;
pub(crate) mod check;
pub(crate) mod code;
pub(crate) mod codebook;
pub(crate) mod completions;
pub(crate) mod dedupe;
pub(crate) mod eval;
pub(crate) mod eval_pairs;
pub(crate) mod eval_relations;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod fetch;
pub(crate) mod merge;
pub(crate) mod query;
pub(crate) mod recode;
pub(crate) mod relate;
pub(crate) mod serve;
pub(crate) mod stream;

use readout_text::Meta;

use crate::args::MetaOptions;

/// What the caller says of the input.
fn meta(options: &MetaOptions) -> Meta {
    Meta {
        id: options.id.clone().unwrap_or_default(),
        published: options.published,
        publisher: options.publisher.clone(),
        language: options.language.clone(),
        ..Meta::default()
    }
}
