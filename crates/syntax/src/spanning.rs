//! Maximum spanning trees over head scores: Chu and Liu (1965), Edmonds (1967), with exactly one root.

/// The best tree with one root.
///
/// `scores` holds, for each of the `n` words, `n + 1` scores of heads, head 0 being the root. Gives each word's head as
/// 0 for the root or 1 + the head's index.
pub(crate) fn decode(scores: &[&[f32]]) -> Vec<usize> {
    let n = scores.len();
    let score = |dependent: usize, head: usize| {
        scores.get(dependent).and_then(|s| s.get(head)).copied().unwrap_or(f32::MIN / 4.0)
    };
    let greedy: Vec<usize> = (0..n).map(|d| best(0..=n, |h| if h == d + 1 { f32::MIN } else { score(d, h) })).collect();
    if is_one_tree(&greedy) {
        return greedy;
    }
    // Forcing each likely root in turn and keeping the best whole tree is exact among those tried.
    let mut roots: Vec<usize> = (0..n).collect();
    roots.sort_by(|&a, &b| score(b, 0).total_cmp(&score(a, 0)).then(a.cmp(&b)));
    roots.truncate(ROOTS_TRIED);
    let mut winner: Option<(f32, Vec<usize>)> = None;
    for root in roots {
        let forced = |d: usize, h: usize| match h {
            0 if d == root => 0.0,
            0 => FORBIDDEN,
            _ if d == root => FORBIDDEN,
            _ if h == d + 1 => FORBIDDEN,
            _ => score(d, h),
        };
        let matrix: Vec<Vec<f32>> = (0..n).map(|d| (0..=n).map(|h| forced(d, h)).collect()).collect();
        let heads = edmonds(matrix);
        let total = score(root, 0)
            + heads.iter().enumerate().filter(|&(d, _)| d != root).map(|(d, &h)| score(d, h)).sum::<f32>();
        if is_one_tree(&heads) && winner.as_ref().is_none_or(|(t, _)| total > *t) {
            winner = Some((total, heads));
        }
    }
    winner.map_or_else(|| chain(n), |(_, heads)| heads)
}

/// How many words are tried as root, the most likely first.
const ROOTS_TRIED: usize = 4;
const FORBIDDEN: f32 = -1e9;

/// A tree for when no scores tell one: every word hangs on the one before.
fn chain(n: usize) -> Vec<usize> {
    (0..n).collect()
}

fn best(range: impl Iterator<Item = usize>, score: impl Fn(usize) -> f32) -> usize {
    let mut top = (f32::MIN, 0);
    for i in range {
        let s = score(i);
        if s > top.0 {
            top = (s, i);
        }
    }
    top.1
}

/// Whether every word leads to the root and exactly one hangs on it.
fn is_one_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|&&h| h == 0).count() == 1 && find_cycle(heads).is_none()
}

/// The words of one cycle, if there is one.
fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 0..heads.len() {
        let mut at = start;
        loop {
            match seen.get_mut(at) {
                Some(mark) if *mark == 0 => *mark = start + 1,
                Some(mark) if *mark == start + 1 => {
                    let mut cycle = vec![at];
                    let mut next = heads.get(at).map_or(0, |h| h.wrapping_sub(1));
                    while next != at {
                        cycle.push(next);
                        next = heads.get(next).map_or(at, |h| h.wrapping_sub(1));
                    }
                    return Some(cycle);
                }
                _ => break,
            }
            match heads.get(at) {
                Some(&h) if h > 0 => at = h - 1,
                _ => break,
            }
        }
    }
    None
}

/// Chu-Liu-Edmonds by contraction: `matrix[d][h]` scores head `h` (0 the root) for dependent `d`.
fn edmonds(matrix: Vec<Vec<f32>>) -> Vec<usize> {
    let n = matrix.len();
    let at = |d: usize, h: usize| matrix.get(d).and_then(|r| r.get(h)).copied().unwrap_or(FORBIDDEN);
    let heads: Vec<usize> = (0..n).map(|d| best(0..=n, |h| if h == d + 1 { f32::MIN } else { at(d, h) })).collect();
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let in_cycle: Vec<bool> = (0..n).map(|i| cycle.contains(&i)).collect();
    let outside: Vec<usize> = (0..n).filter(|&i| !in_cycle.get(i).copied().unwrap_or(false)).collect();
    let head_score = |d: usize| at(d, heads.get(d).copied().unwrap_or(0));
    let cycle_total: f32 = cycle.iter().map(|&d| head_score(d)).sum();
    // The contracted graph: the words outside, then the cycle as one word.
    let m = outside.len();
    let mut small = vec![vec![FORBIDDEN; m + 2]; m + 1];
    let mut enters = vec![0usize; m + 2];
    let mut leaves = vec![0usize; m + 1];
    let old = |h: usize| if h == 0 { 0 } else { outside.get(h - 1).map_or(0, |o| o + 1) };
    for (i, &d) in outside.iter().enumerate() {
        if let Some(row) = small.get_mut(i) {
            for h in 0..=m {
                if let (Some(cell), true) = (row.get_mut(h), h != i + 1) {
                    *cell = at(d, old(h));
                }
            }
            let from = best(0..cycle.len(), |k| cycle.get(k).map_or(f32::MIN, |&c| at(d, c + 1)));
            let from = cycle.get(from).copied().unwrap_or(0);
            if let (Some(cell), Some(slot)) = (row.get_mut(m + 1), leaves.get_mut(i)) {
                *cell = at(d, from + 1);
                *slot = from;
            }
        }
    }
    for h in 0..=m {
        let gain = |k: usize| cycle.get(k).map_or(f32::MIN, |&c| at(c, old(h)) - head_score(c));
        let into = best(0..cycle.len(), gain);
        if let (Some(cell), Some(slot)) = (small.get_mut(m).and_then(|r| r.get_mut(h)), enters.get_mut(h)) {
            *cell = gain(into) + cycle_total;
            *slot = cycle.get(into).copied().unwrap_or(0);
        }
    }
    let solved = edmonds(small);
    let mut out = heads.clone();
    for (i, &d) in outside.iter().enumerate() {
        let h = solved.get(i).copied().unwrap_or(0);
        let head = if h == m + 1 { leaves.get(i).map_or(0, |c| c + 1) } else { old(h) };
        if let Some(slot) = out.get_mut(d) {
            *slot = head;
        }
    }
    let h = solved.get(m).copied().unwrap_or(0);
    let broken = enters.get(h).copied().unwrap_or(0);
    if let Some(slot) = out.get_mut(broken) {
        *slot = old(h);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rows: &[&[f32]], expect: &[usize]) {
        assert_eq!(decode(rows), expect);
    }

    #[test]
    fn the_greedy_tree_where_it_is_one() {
        check(&[&[0.0, 0.0, 9.0], &[9.0, 1.0, 0.0]], &[2, 0]);
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        check(&[&[5.0, 0.0, 9.0, 0.0], &[1.0, 9.0, 0.0, 0.0], &[0.0, 0.0, 9.0, 0.0]], &[0, 1, 2]);
    }

    #[test]
    fn one_root_only() {
        check(&[&[9.0, 0.0, 1.0], &[8.0, 2.0, 0.0]], &[0, 1]);
    }

    #[test]
    fn best_of_all_trees_on_small_sentences() {
        let mut seed = 7u32;
        let mut next = || {
            seed = seed.wrapping_mul(1664525).wrapping_add(1013904223);
            (seed >> 16) as f32 / 6553.6
        };
        for _ in 0..300 {
            let n = 4;
            let rows: Vec<Vec<f32>> = (0..n).map(|_| (0..=n).map(|_| next()).collect()).collect();
            let views: Vec<&[f32]> = rows.iter().map(Vec::as_slice).collect();
            let total = |heads: &[usize]| heads.iter().enumerate().map(|(d, &h)| rows[d][h]).sum::<f32>();
            let mut top = f32::MIN;
            for code in 0..(n + 1usize).pow(n as u32) {
                let heads: Vec<usize> = (0..n).map(|d| code / (n + 1usize).pow(d as u32) % (n + 1)).collect();
                if heads.iter().enumerate().all(|(d, &h)| h != d + 1) && is_one_tree(&heads) {
                    top = top.max(total(&heads));
                }
            }
            let got = decode(&views);
            assert!(is_one_tree(&got));
            assert!((total(&got) - top).abs() < 1e-3, "{} is not {top}", total(&got));
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        check(&[], &[]);
    }
}
