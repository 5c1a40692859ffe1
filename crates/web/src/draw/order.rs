//! An order in which those who deal with each other stand together.

use std::collections::HashMap;

/// Numbers from 0 to `n`, so ordered that strong ties lie between neighbours: the strongest tie that is left joins two
/// chains at those of their ends that have most to do with each other. Ties count relative to how much each has in all, or
/// whoever deals with everybody would pull all towards it.
pub(crate) fn together(n: usize, ties: &[(usize, usize, f64)]) -> Vec<usize> {
    let mut of = vec![0.0; n];
    let mut between: HashMap<(usize, usize), f64> = HashMap::new();
    for &(a, b, weight) in ties.iter().filter(|(a, b, _)| a != b && *a < n && *b < n) {
        *between.entry((a.min(b), a.max(b))).or_default() += weight;
        for at in [a, b] {
            of.get_mut(at).into_iter().for_each(|sum| *sum += weight);
        }
    }
    let whole = |at: usize| of.get(at).copied().unwrap_or(0.0).max(f64::MIN_POSITIVE);
    let mut pairs: Vec<((usize, usize), f64)> =
        between.into_iter().map(|((a, b), w)| ((a, b), w / (whole(a) * whole(b)).sqrt())).collect();
    pairs.sort_by(|x, y| y.1.total_cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
    let tie: HashMap<(usize, usize), f64> = pairs.iter().copied().collect();
    let tie = |a: usize, b: usize| tie.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0);
    let mut chains: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
    let mut chain_of: Vec<usize> = (0..n).collect();
    for ((a, b), _) in pairs {
        let (Some(&one), Some(&two)) = (chain_of.get(a), chain_of.get(b)) else { continue };
        if one == two {
            continue;
        }
        let second = chains.get_mut(two).map(std::mem::take).unwrap_or_default();
        second.iter().for_each(|at| chain_of.get_mut(*at).into_iter().for_each(|chain| *chain = one));
        if let Some(first) = chains.get_mut(one) {
            let joined = join(std::mem::take(first), second, tie);
            *first = joined;
        }
    }
    chains.sort_by_key(|chain| (std::cmp::Reverse(chain.len()), chain.iter().min().copied()));
    chains.into_iter().flatten().collect()
}

/// Two chains as one, turned so that the ends which meet have most to do with each other.
fn join(first: Vec<usize>, second: Vec<usize>, tie: impl Fn(usize, usize) -> f64) -> Vec<usize> {
    let turned = |chain: &[usize]| chain.iter().rev().copied().collect::<Vec<_>>();
    let ways = [
        (first.clone(), second.clone()),
        (first.clone(), turned(&second)),
        (turned(&first), second.clone()),
        (turned(&first), turned(&second)),
    ];
    let meets = |(a, b): &(Vec<usize>, Vec<usize>)| match (a.last(), b.first()) {
        (Some(a), Some(b)) => tie(*a, *b),
        _ => 0.0,
    };
    let mut best = (first, second);
    for way in ways {
        if meets(&way) > meets(&best) {
            best = way;
        }
    }
    best.0.extend(best.1);
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_with_ties_are_neighbours() {
        // 0-2 and 1-3 deal with each other, 4 with nobody.
        let order = together(5, &[(0, 2, 9.0), (1, 3, 8.0), (3, 1, 2.0), (2, 1, 1.0), (4, 4, 50.0), (9, 1, 1.0)]);
        assert_eq!(order, [3, 1, 2, 0, 4]);
        assert!(together(0, &[]).is_empty());
    }
}
