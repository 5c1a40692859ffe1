//! Products of 8-bit numbers in the vectors of processors with AVX-512 VNNI: rows are taken as they lie, twelve at a time,
//! and sums stay in registers until they are done. Other processors take the kernels of a library, with the same sums.

use archmage::prelude::*;

/// Columns that are worked on together.
const PANEL: usize = 32;
/// Rows that are worked on together; as many sums as registers hold.
const TILE: usize = 12;
/// The same, for the rows that are left.
const SMALL_TILE: usize = 4;

/// Weights of four rows by [`PANEL`] columns, the four of a column together.
type Step = [[i8; 64]; 2];

/// Proof that this processor has what it takes.
#[derive(Clone, Copy)]
pub(crate) struct Wide(X64V4xToken);

/// Weights as the products take them.
pub(crate) struct WideWeights {
    steps: Vec<Step>,
    columns: usize,
    /// Rows over four.
    deep: usize,
}

impl Wide {
    /// None where the processor lacks what it takes.
    pub fn new() -> Option<Wide> {
        X64V4xToken::summon().map(Wide)
    }

    /// Lays out `values`, rows of `columns`; none where there are not as many rows as the products are made for.
    pub fn weights(self, values: &[i8], columns: usize) -> Option<WideWeights> {
        let rows = values.len() / columns.max(1);
        let deep = rows / 4;
        if !rows.is_multiple_of(4) || ![32, 96, 384].contains(&deep) {
            return None;
        }
        let mut steps = vec![[[0; 64]; 2]; columns.div_ceil(PANEL) * deep];
        for (k, row) in values.chunks_exact(columns).enumerate() {
            for (c, &value) in row.iter().enumerate() {
                let step = steps.get_mut(c / PANEL * deep + k / 4);
                let half = step.and_then(|s| s.get_mut(c % PANEL / 16));
                if let Some(slot) = half.and_then(|h| h.get_mut(c % 16 * 4 + k % 4)) {
                    *slot = value;
                }
            }
        }
        Some(WideWeights { steps, columns, deep })
    }

    /// Rows of 8-bit values times the weights.
    pub fn multiply(self, weights: &WideWeights, rows: &[u8], out: &mut [i32]) {
        let fours = rows.as_chunks().0;
        match weights.deep {
            32 => all::<32>(self.0, weights, fours.as_chunks().0, out),
            96 => all::<96>(self.0, weights, fours.as_chunks().0, out),
            _ => all::<384>(self.0, weights, fours.as_chunks().0, out),
        }
    }
}

/// Panel by panel, whose weights so stay near.
#[arcane]
fn all<const DEEP: usize>(token: X64V4xToken, weights: &WideWeights, rows: &[[[u8; 4]; DEEP]], out: &mut [i32]) {
    let width = weights.columns;
    for (panel, at) in weights.steps.as_chunks().0.iter().zip((0..).step_by(PANEL)) {
        let (tiles, rest) = rows.as_chunks::<TILE>();
        let (small, rest) = rest.as_chunks::<SMALL_TILE>();
        let (tiled, out) = out.split_at_mut((tiles.len() * TILE * width).min(out.len()));
        let (small_tiled, single) = out.split_at_mut((small.len() * SMALL_TILE * width).min(out.len()));
        for (rows, out) in tiles.iter().zip(tiled.chunks_exact_mut(TILE * width)) {
            tile::<DEEP, TILE>(token, panel, rows, out, width, at);
        }
        for (rows, out) in small.iter().zip(small_tiled.chunks_exact_mut(SMALL_TILE * width)) {
            tile::<DEEP, SMALL_TILE>(token, panel, rows, out, width, at);
        }
        for (row, out) in rest.iter().zip(single.chunks_exact_mut(width)) {
            tile::<DEEP, 1>(token, panel, std::array::from_ref(row), out, width, at);
        }
    }
}

/// `ROWS` rows times a panel of columns, from column `at` on.
#[rite]
fn tile<const DEEP: usize, const ROWS: usize>(
    _token: X64V4xToken,
    panel: &[Step; DEEP],
    rows: &[[[u8; 4]; DEEP]; ROWS],
    out: &mut [i32],
    width: usize,
    at: usize,
) {
    let mut sums = [[_mm512_setzero_si512(); 2]; ROWS];
    for (k, [left, right]) in panel.iter().enumerate() {
        let (left, right) = (_mm512_loadu_epi8(left), _mm512_loadu_epi8(right));
        for (row, [a, b]) in rows.iter().zip(&mut sums) {
            let four = _mm512_set1_epi32(i32::from_le_bytes(row.get(k).copied().unwrap_or_default()));
            *a = _mm512_dpbusd_epi32(*a, four, left);
            *b = _mm512_dpbusd_epi32(*b, four, right);
        }
    }
    for (sums, out) in sums.iter().zip(out.chunks_exact_mut(width)) {
        let halves = out.get_mut(at..).unwrap_or_default().as_chunks_mut().0;
        for (sum, half) in sums.iter().zip(halves) {
            _mm512_storeu_epi32(half, *sum);
        }
    }
}
