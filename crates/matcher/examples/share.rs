//! What share of a file's words the matcher leaves to read: `share FILE.jsonl` prints a line of JSON for each document,
//! then the shares.

use readout_actors::Actors;
use readout_codebook::Codebook;
use readout_matcher::{Lexicon, Matcher};
use readout_syntax::Model;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("share FILE.jsonl")?;
    let model = Model::embedded().map_err(ToString::to_string)?;
    let lexicon = Lexicon::new(Codebook::embedded());
    let matcher = Matcher::new(model, Actors::embedded(), &lexicon);
    let input = readout_sources::Input::from_argument(path);
    let (mut words, mut first, mut then) = (0, 0, 0);
    for document in readout_sources::documents([input], readout_sources::Options::default()).flatten() {
        let likely = matcher.likely(&document);
        let length = |read: &[bool]| -> usize {
            document.sentences.iter().zip(read).map(|(s, &r)| s.tokens.len() * usize::from(r)).sum()
        };
        words += document.sentences.iter().map(|s| s.tokens.len()).sum::<usize>();
        first += length(&likely.first);
        then += if likely.events { length(&likely.then) } else { 0 };
        let list = |read: &[bool]| read.iter().map(|&r| u8::from(r)).collect::<Vec<_>>();
        let (events, anything) = (list(&likely.first), list(&likely.then));
        println!("{{\"id\":{:?},\"events\":{events:?},\"anything\":{anything:?}}}", document.meta.id);
    }
    eprintln!("{words} words, {first} read to see whether there are events, {then} at most in documents with events");
    Ok(())
}
