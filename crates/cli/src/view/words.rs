//! A sentence as it was read: one word a line, the tree drawn beside the words, tags and relations in columns.

use readout_syntax::{NameKind, Tree};

use super::paint::{Paint, Role};
use super::text::{pad, visible, width};

/// What the columns hold.
pub(crate) const LEGEND: &str =
    "word (drawn below its head) · part of speech (UD, Penn) · lemma · relation to the head · name";

/// One line a word, each with `notes` of it after the columns.
pub(crate) fn show(tree: &Tree, notes: &[Vec<String>], paint: Paint) -> String {
    let drawing = draw(tree);
    let words: Vec<String> =
        tree.words().iter().zip(&drawing).map(|(w, d)| format!("{d}{}", visible(&w.form))).collect();
    let column = |cells: &dyn Fn(usize) -> String| (0..tree.len()).map(|i| width(&cells(i))).max().unwrap_or(0);
    let cell_word = |i: usize| words.get(i).cloned().unwrap_or_default();
    let cell_upos = |i: usize| tree.upos(i).to_owned();
    let cell_xpos = |i: usize| tree.get(i).map_or_else(String::new, |w| w.xpos.to_string());
    let cell_lemma = |i: usize| visible(tree.lemma(i)).into_owned();
    let cell_rel = |i: usize| tree.deprel(i).to_owned();
    let cells: [&dyn Fn(usize) -> String; 5] = [&cell_word, &cell_upos, &cell_xpos, &cell_lemma, &cell_rel];
    let widths: Vec<usize> = cells.iter().map(|c| column(*c)).collect();
    let mut out = String::new();
    for i in 0..tree.len() {
        let mut line = String::new();
        for (c, w) in cells.iter().zip(&widths) {
            let cell = pad(&c(i), *w);
            let role = if line.is_empty() { Role::Plain } else { Role::Faint };
            line.push_str(&paint.paint(role, &cell));
            line.push_str("  ");
        }
        line.push_str(name(tree, i));
        for note in notes.get(i).into_iter().flatten() {
            line.push_str("  ");
            line.push_str(&visible(note));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// "PER" at a name's first word, "·" at the others, "" outside names.
fn name(tree: &Tree, i: usize) -> &'static str {
    match tree.name_at(i) {
        Some(n) if n.words.start != i => "·",
        Some(n) => match n.kind {
            NameKind::Person => "PER",
            NameKind::Organisation => "ORG",
            NameKind::Place => "LOC",
        },
        None => "",
    }
}

/// The lines that lead from each word's head to it, drawn left of the word. Words stand in their order; a head's line
/// runs in its column from its first to its last child.
fn draw(tree: &Tree) -> Vec<String> {
    let n = tree.len();
    let depths: Vec<usize> = (0..n).map(|i| depth(tree, i)).collect();
    let of = |i: usize| depths.get(i).copied().unwrap_or(0);
    // Two columns a level: the lines, and the dash to the word.
    let mut grid: Vec<Vec<char>> = (0..n).map(|i| vec![' '; 2 * of(i)]).collect();
    let mut put = |row: usize, column: usize, c: char| {
        if let Some(cell) = grid.get_mut(row).and_then(|r| r.get_mut(column)) {
            *cell = c;
        }
    };
    for head in 0..n {
        let children = tree.children(head);
        let (Some(&first), Some(&last)) = (children.first(), children.last()) else { continue };
        let (top, bottom) = (first.min(head), last.max(head));
        let column = 2 * of(head);
        for row in top..=bottom {
            put(row, column, '│');
        }
        for &child in children {
            put(
                child,
                column,
                if child == top {
                    '┌'
                } else if child == bottom {
                    '└'
                } else {
                    '├'
                },
            );
            put(child, column + 1, '─');
        }
    }
    grid.into_iter().map(String::from_iter).collect()
}

fn depth(tree: &Tree, i: usize) -> usize {
    let mut at = i;
    let mut depth = 0;
    while let Some(head) = tree.head(at) {
        at = head;
        depth += 1;
        if depth > tree.len() {
            return 0; // a ring, which no reader gives
        }
    }
    depth
}

#[cfg(test)]
mod tests {
    use readout_syntax::{Name, Word};
    use readout_text::Span;

    use super::*;

    /// `form/head/rel`, heads from 1, 0 for the root.
    fn tree(text: &str) -> Tree {
        let word = |w: &str| {
            let mut parts = w.split('/');
            let mut next = || parts.next().unwrap();
            let form = next().to_owned();
            let head = next().parse::<usize>().unwrap().checked_sub(1);
            Word {
                span: Span::default(),
                lemma: form.to_lowercase(),
                form,
                upos: "X".into(),
                xpos: "XX".into(),
                head,
                deprel: next().into(),
            }
        };
        Tree::new(text.split(' ').map(word).collect(), vec![Name { words: 1..3, kind: NameKind::Place }])
    }

    #[test]
    fn the_tree_is_drawn_beside_the_words() {
        let read = tree("The/3/det Dead/3/amod Sea/4/nsubj shrank/0/root by/7/case a/7/det metre/4/obl ./4/punct");
        let shown = show(&read, &[], Paint::new(false));
        let words: Vec<&str> = shown.lines().map(|l| l.split("  X").next().unwrap().trim_end()).collect();
        assert_eq!(words, ["  ┌─The", "  ├─Dead", "┌─Sea", "shrank", "│ ┌─by", "│ ├─a", "├─metre", "└─."], "\n{shown}");
        assert!(shown.lines().nth(1).unwrap().ends_with("amod   LOC"), "{shown}");
    }

    #[test]
    fn a_tree_that_crosses_and_an_empty_one_are_drawn_too() {
        assert_eq!(show(&Tree::default(), &[], Paint::new(false)), "");
        let crossing = tree("a/3/x b/4/y c/0/root d/3/z");
        assert_eq!(show(&crossing, &[vec!["note".into()]], Paint::new(false)).lines().count(), 4);
    }
}
