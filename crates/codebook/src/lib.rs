//! Takes the text files of a codebook (ontology, rules for acts, operators, reporting cues, word classes); gives a
//! [`Codebook`] with look-up by lemma, and a list of [`Finding`]s that name file, line and mend. Total and pure: reads no
//! file, and knows nothing of documents, trees or parties. `codebook/README.md` describes the format.

mod block;
mod check;
mod codebook;
mod condition;
mod confidence;
mod embedded;
mod entry;
mod example;
mod finding;
mod ontology;
mod read;
mod read_ontology;
mod rule;
mod slot;
mod status;

pub use check::{check, summary};
pub use codebook::{Codebook, Owner};
pub use condition::{Builtin, ClassRef, Condition};
pub use confidence::Confidence;
pub use entry::{Entry, Pos};
pub use example::{Example, Expect, ExpectedAttribution, ExpectedEvent};
pub use finding::{Finding, Place, Severity};
pub use ontology::{Cameo, Equivalent, EventType, Mode, Named, Ontology, Quad};
pub use rule::{Act, Cue, Force, Inner, Operator, Outcome, Over, Recipient, Rule, Scope, Takes};
pub use slot::{Frame, Slot};
pub use status::Status;
