//! Reads a text on standard input; prints its furniture and, one a line, its sentences as tokens.
//! `cargo run -p readout-text --example show < report.txt`

use std::io::Read;

use readout_text::{Document, Meta};

fn main() -> std::io::Result<()> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    let document = Document::from_bytes(&bytes, Meta::default());
    for f in &document.furniture {
        println!("{:?} {:?} {:?} {:?} {:?}", f.span, f.kind, f.value, f.date, f.span.of(&document.text));
    }
    for sentence in &document.sentences {
        let forms: Vec<&str> = sentence.tokens.iter().map(|token| token.form.as_str()).collect();
        println!("{}{}", if sentence.starts_paragraph { "¶ " } else { "  " }, forms.join(" "));
    }
    for problem in &document.problems {
        println!("problem: {} {:?}", problem.what, problem.span);
    }
    Ok(())
}
