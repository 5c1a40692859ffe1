//! The blocks of a codebook's files as people read and write them.

/// Kinds of blocks that are shown and can be tried out.
pub(super) const KINDS: [&str; 4] = ["rule", "operator", "cue", "class"];

/// Keys of lines that list words.
const WORDS: [&str; 5] = ["verb", "noun", "adj", "adv", "prep"];

/// Keys of lines that are examples.
const EXAMPLES: [&str; 2] = ["codes", "ignores"];

/// A block, with the comments right above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) file: String,
    /// First line, from 0, comments included.
    pub(super) start: usize,
    /// One past the last line.
    pub(super) end: usize,
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) text: String,
}

impl Block {
    /// What it goes by: "rule accuse/condemn".
    pub(super) fn head(&self) -> String {
        format!("{} {}", self.kind, self.name)
    }

    /// Whether some words stand in it, whatever their case.
    pub(super) fn has(&self, words: &str) -> bool {
        let text = self.text.to_lowercase();
        words.to_lowercase().split_whitespace().all(|word| text.contains(word))
    }

    /// Its lines that are neither words nor examples nor comments: what holds for all its words.
    pub(super) fn rest(&self) -> Vec<&str> {
        let key = |line: &&str| line.split_whitespace().next().unwrap_or_default().to_owned();
        let is_rest = |line: &&str| {
            let key = key(line);
            !key.is_empty()
                && !key.starts_with('#')
                && !WORDS.contains(&key.as_str())
                && !EXAMPLES.contains(&key.as_str())
        };
        self.text.lines().map(str::trim).filter(is_rest).collect()
    }

    /// Sentences of its examples.
    pub(super) fn examples(&self) -> usize {
        let is_example = |line: &&str| EXAMPLES.iter().any(|key| line.trim_start().starts_with(&format!("{key} ")));
        self.text.lines().filter(is_example).count()
    }
}

/// The blocks of a file that can be tried out.
pub(super) fn of(file: &str, text: &str) -> Vec<Block> {
    let lines: Vec<&str> = text.lines().collect();
    let is_head = |line: &str| !line.is_empty() && !line.starts_with([' ', '\t', '#']);
    let mut blocks = Vec::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| is_head(line)) {
        let (kind, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if !KINDS.contains(&kind) {
            continue;
        }
        let comments = lines.iter().take(at).rev().take_while(|line| line.starts_with('#')).count();
        let body =
            lines.iter().skip(at + 1).take_while(|line| line.is_empty() || line.starts_with([' ', '\t'])).count();
        let last = lines.iter().skip(at + 1).take(body).rposition(|line| !line.trim().is_empty()).map_or(0, |n| n + 1);
        let (start, end) = (at - comments, at + 1 + last);
        let text = lines.get(start..end).unwrap_or_default().join("\n");
        blocks.push(Block {
            file: file.to_owned(),
            start,
            end,
            kind: kind.to_owned(),
            name: name.trim().to_owned(),
            text,
        });
    }
    blocks
}

/// A file with a block put in another's place; at its end where it is in nobody's.
pub(super) fn replaced(file: &str, old: Option<&Block>, new: &str) -> String {
    let mut lines: Vec<&str> = file.lines().collect();
    let new: Vec<&str> = new.trim_end().lines().map(str::trim_end).collect();
    match old {
        Some(block) => drop(lines.splice(block.start..block.end, new)),
        None => {
            lines.push("");
            lines.extend(new);
        }
    }
    lines.join("\n") + "\n"
}

/// What leads from one file to the other: one stretch of lines that differ, as `patch` and `git apply` read it.
pub(super) fn patch(name: &str, old: &str, new: &str) -> String {
    const AROUND: usize = 3;
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let most = old.len().min(new.len()) - same;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    if same == old_end && same == new_end {
        return String::new();
    }
    let first = same.saturating_sub(AROUND);
    let after = tail.min(AROUND);
    let mut out = format!("--- a/codebook/{name}\n+++ b/codebook/{name}\n");
    let (was, is) = (old_end + after - first, new_end + after - first);
    out.push_str(&format!("@@ -{},{was} +{},{is} @@\n", first + 1, first + 1));
    let mut put = |sign: char, lines: &[&str]| {
        for line in lines {
            out.push(sign);
            out.push_str(line);
            out.push('\n');
        }
    };
    put(' ', old.get(first..same).unwrap_or_default());
    put('-', old.get(same..old_end).unwrap_or_default());
    put('+', new.get(same..new_end).unwrap_or_default());
    put(' ', old.get(old_end..old_end + after).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# A file.\n\n# About it.\nrule a/b\n  type     ACCUSE\n  verb     subj > obj : blame,\n      chide\n  codes    X. = KENGOV > UGAGOV\n\nclass things\n  tree\n";

    #[test]
    fn a_file_falls_into_blocks() {
        let blocks = of("f.txt", FILE);
        let heads: Vec<String> = blocks.iter().map(Block::head).collect();
        assert_eq!(heads, ["rule a/b", "class things"]);
        assert!(blocks[0].text.starts_with("# About it.\nrule a/b") && blocks[0].text.ends_with("UGAGOV"));
        assert_eq!((blocks[0].start, blocks[0].end), (2, 8));
        assert_eq!(blocks[0].rest(), ["rule a/b", "type     ACCUSE", "chide"]);
        assert!(blocks[0].has("CHIDE blame") && !blocks[0].has("tree"));
    }

    #[test]
    fn a_block_is_put_in_place_and_the_patch_says_so() {
        let blocks = of("f.txt", FILE);
        let new = replaced(FILE, Some(&blocks[0]), "rule a/b\n  type     ACCUSE\n");
        assert_eq!(new, "# A file.\n\nrule a/b\n  type     ACCUSE\n\nclass things\n  tree\n");
        let patch = patch("f.txt", FILE, &new);
        assert!(patch.starts_with("--- a/codebook/f.txt\n+++ b/codebook/f.txt\n@@ -1,"), "{patch}");
        assert!(patch.contains("\n-# About it.\n") && patch.contains("\n class things\n"), "{patch}");
        assert_eq!(replaced("a\n", None, "b\n\n"), "a\n\nb\n");
        assert_eq!(super::patch("f", FILE, FILE), "");
    }

    #[test]
    fn all_embedded_blocks_are_found_again() {
        use readout_codebook::Codebook;
        let rules = super::super::files().flat_map(|(file, text)| of(file, text)).filter(|b| b.kind == "rule").count();
        assert_eq!(rules, Codebook::embedded().rules().len());
    }
}
