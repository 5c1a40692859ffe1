//! Where the nodes of a network stand: pushed apart by each other, drawn together by what ties them. The same every time.

/// Rounds of pushing and pulling.
const ROUNDS: usize = 260;

/// Rounds of moving nodes apart that would cover each other.
const APART: usize = 60;

/// How far nodes push each other, in lengths of a line.
const REACH: f64 = 4.5;

/// Where a node stands.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

/// Points for nodes of these radii within `width` and `height`, at first on a circle in the order given; `ties` are numbers
/// of two nodes with a weight above 0.
pub(crate) fn place(radii: &[f64], ties: &[(usize, usize, f64)], width: f64, height: f64) -> Vec<Point> {
    let n = radii.len();
    let turn = |i: usize| i as f64 / n.max(1) as f64 * std::f64::consts::TAU;
    let mut points: Vec<Point> = (0..n).map(|i| Point { x: turn(i).cos(), y: turn(i).sin() }).collect();
    let ideal = 1.6 / (n.max(1) as f64).sqrt();
    let heaviest = ties.iter().map(|(.., w)| *w).fold(f64::MIN_POSITIVE, f64::max);
    let mut masses = vec![1.0_f64; n];
    for (a, b, _) in ties {
        for at in [*a, *b] {
            masses.get_mut(at).into_iter().for_each(|mass| *mass += 0.35);
        }
    }
    for round in 0..ROUNDS {
        let heat = 0.12 * (1.0 - round as f64 / ROUNDS as f64) + 0.002;
        let moves = forces(&points, &masses, ties, ideal, heaviest);
        for (point, (dx, dy)) in points.iter_mut().zip(moves) {
            let length = dx.hypot(dy).max(1e-9);
            let step = length.min(heat);
            point.x += dx / length * step;
            point.y += dy / length * step;
        }
    }
    fit(&mut points, radii, width, height);
    for _ in 0..APART {
        part(&mut points, radii);
        keep_within(&mut points, radii, width, height);
    }
    points
}

/// Nodes with many ties push harder, so that there is room around them; nobody pushes who is far, or those without ties to
/// the rest would fly off.
fn forces(
    points: &[Point],
    masses: &[f64],
    ties: &[(usize, usize, f64)],
    ideal: f64,
    heaviest: f64,
) -> Vec<(f64, f64)> {
    let mut moves: Vec<(f64, f64)> = points.iter().map(|p| (-p.x * 0.12, -p.y * 0.16)).collect(); // towards the middle
    let far = (REACH * ideal).powi(2);
    for (i, a) in points.iter().enumerate() {
        let (mut x, mut y) = (0.0, 0.0);
        let own = masses.get(i).copied().unwrap_or(1.0);
        for (j, (b, mass)) in points.iter().zip(masses).enumerate() {
            let (dx, dy) = (a.x - b.x, a.y - b.y);
            let square = (dx * dx + dy * dy).max(1e-4);
            if i != j && square < far {
                let push = (own * mass).sqrt() / square;
                x += dx * push;
                y += dy * push;
            }
        }
        if let Some(m) = moves.get_mut(i) {
            m.0 += x * ideal * ideal;
            m.1 += y * ideal * ideal;
        }
    }
    for &(a, b, weight) in ties {
        let (Some(&from), Some(&to)) = (points.get(a), points.get(b)) else { continue };
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let pull = dx.hypot(dy) / ideal * (0.25 + 0.75 * weight / heaviest) * 0.5;
        for (at, sign) in [(a, 1.0), (b, -1.0)] {
            if let Some(m) = moves.get_mut(at) {
                m.0 += sign * dx * pull;
                m.1 += sign * dy * pull;
            }
        }
    }
    moves
}

/// Stretches what was laid out to the room there is.
fn fit(points: &mut [Point], radii: &[f64], width: f64, height: f64) {
    let margin = radii.iter().copied().fold(0.0, f64::max) + 16.0;
    let span = |get: fn(&Point) -> f64, points: &[Point]| {
        let all = points.iter().map(get);
        (all.clone().fold(f64::MAX, f64::min), all.fold(f64::MIN, f64::max))
    };
    let ((left, right), (top, bottom)) = (span(|p| p.x, points), span(|p| p.y, points));
    let put = |at: f64, low: f64, high: f64, room: f64| {
        if high - low < 1e-6 { room / 2.0 } else { margin + (at - low) / (high - low) * (room - 2.0 * margin) }
    };
    for p in points {
        *p = Point { x: put(p.x, left, right, width), y: put(p.y, top, bottom, height) };
    }
}

/// Moves nodes apart that cover each other.
fn part(points: &mut [Point], radii: &[f64]) {
    for i in 0..points.len() {
        for j in i + 1..points.len() {
            let (Some(&a), Some(&b)) = (points.get(i), points.get(j)) else { continue };
            let room = radii.get(i).unwrap_or(&0.0) + radii.get(j).unwrap_or(&0.0) + 7.0;
            let (dx, dy) = (b.x - a.x, b.y - a.y);
            let apart = dx.hypot(dy);
            if apart >= room {
                continue;
            }
            let (ux, uy) = if apart > 1e-6 { (dx / apart, dy / apart) } else { (1.0, 0.0) };
            let half = (room - apart) / 2.0;
            for (at, sign) in [(i, -1.0), (j, 1.0)] {
                if let Some(p) = points.get_mut(at) {
                    p.x += sign * ux * half;
                    p.y += sign * uy * half;
                }
            }
        }
    }
}

fn keep_within(points: &mut [Point], radii: &[f64], width: f64, height: f64) {
    for (p, r) in points.iter_mut().zip(radii) {
        p.x = p.x.clamp(r + 4.0, (width - r - 4.0).max(r + 4.0));
        p.y = p.y.clamp(r + 4.0, (height - r - 16.0).max(r + 4.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_stand_apart_within_the_room_and_always_at_the_same_place() {
        let radii: Vec<f64> = (0..60).map(|i| 5.0 + f64::from(i % 7)).collect();
        let ties: Vec<(usize, usize, f64)> = (1..60).map(|i| (i / 3, i, 1.0 + (i % 5) as f64)).collect();
        let points = place(&radii, &ties, 1000.0, 700.0);
        assert_eq!(points, place(&radii, &ties, 1000.0, 700.0));
        for (i, (a, r)) in points.iter().zip(&radii).enumerate() {
            assert!(a.x >= *r && a.x <= 1000.0 - r && a.y >= *r && a.y <= 700.0 - r, "{a:?}");
            for (b, s) in points.iter().zip(&radii).skip(i + 1) {
                assert!((a.x - b.x).hypot(a.y - b.y) > r + s, "{a:?} {b:?}");
            }
        }
        let near = |a: usize, b: usize| (points[a].x - points[b].x).hypot(points[a].y - points[b].y);
        let tied: f64 = ties.iter().map(|(a, b, _)| near(*a, *b)).sum::<f64>() / 59.0;
        let all: f64 = (0..59).map(|i| near(i, i + 1)).sum::<f64>() / 59.0;
        assert!(tied < all, "{tied} {all}");
        assert!(place(&[], &[], 10.0, 10.0).is_empty());
        assert_eq!(place(&[1.0], &[], 10.0, 10.0).len(), 1);
    }
}
