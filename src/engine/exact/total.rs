//! The distribution of a total: atoms on the grid, and a smooth part in cells around its points.

/// Distribution of a total.
#[derive(Debug, Clone)]
pub struct ExactTotal {
    already_won: f64,
    step: f64,
    /// Mass at k·h exactly.
    atoms: Vec<f64>,
    /// Mass spread over the cell from (k−½)h to (k+½)h.
    smooth: Vec<f64>,
    /// All mass of the points before the k-th, and from it on.
    before: Vec<f64>,
    from: Vec<f64>,
}

/// How far from a grid point an amount still counts as on it, in steps.
const ON_GRID: f64 = 1e-6;

/// Share of the cell of each grid point that is at or above `amount`, and what to add to it for an
/// atom, which is there whole or not at all.
pub fn at_least_weights(amount: f64, step: f64, length: usize) -> (Vec<f64>, Vec<f64>) {
    let position = amount / step;
    let smooth: Vec<f64> = (0..length).map(|k| cell_at_least(k, position)).collect();
    let correction =
        smooth.iter().enumerate().map(|(k, share)| if k as f64 >= position - ON_GRID { 1.0 } else { 0.0 } - share);
    let correction = correction.collect();
    (smooth, correction)
}

/// Share of a cell at or above a position on the grid.
fn cell_at_least(k: usize, position: f64) -> f64 {
    // Amounts are not negative: the first cell is the half above zero.
    if k == 0 { ((0.5 - position) / 0.5).clamp(0.0, 1.0) } else { (k as f64 + 0.5 - position).clamp(0.0, 1.0) }
}

impl ExactTotal {
    /// A total of `merged` masses at 0, h, 2h, …, of which `atoms` are exact.
    pub(super) fn new(already_won: f64, step: f64, merged: Vec<f64>, atoms: Vec<f64>) -> Self {
        let smooth: Vec<f64> = merged.iter().zip(&atoms).map(|(merged, atom)| (merged - atom).max(0.0)).collect();
        let mut before = vec![0.0; smooth.len() + 1];
        let mut from = before.clone();
        for (k, (atom, smooth)) in atoms.iter().zip(&smooth).enumerate() {
            before[k + 1] = before[k] + (atom + smooth);
        }
        for (k, (atom, smooth)) in atoms.iter().zip(&smooth).enumerate().rev() {
            from[k] = from[k + 1] + (atom + smooth);
        }
        Self { already_won, step, atoms, smooth, before, from }
    }

    fn position(&self, amount: f64) -> f64 {
        (amount - self.already_won) / self.step
    }

    /// P(total ≥ amount).
    #[must_use]
    pub fn prob_at_least(&self, amount: f64) -> f64 {
        let position = self.position(amount);
        let whole = |k: usize| k as f64 >= position - ON_GRID;
        let (_, near, beyond) = self.around(position, |k| (whole(k), cell_at_least(k, position)));
        (near + beyond).clamp(0.0, 1.0)
    }

    /// P(total ≤ amount).
    #[must_use]
    pub fn prob_at_most(&self, amount: f64) -> f64 {
        let position = self.position(amount);
        let whole = |k: usize| k as f64 <= position + ON_GRID;
        let (below, near, _) = self.around(position, |k| (whole(k), 1.0 - cell_at_least(k, position)));
        (below + near).clamp(0.0, 1.0)
    }

    /// P(total < amount).
    #[must_use]
    pub fn prob_below(&self, amount: f64) -> f64 {
        let position = self.position(amount);
        let whole = |k: usize| (k as f64) < position - ON_GRID;
        let (below, near, _) = self.around(position, |k| (whole(k), 1.0 - cell_at_least(k, position)));
        (below + near).clamp(0.0, 1.0)
    }

    /// Mass before the points next to a position; mass of those points, of which `share` tells whether the atom
    /// counts and how much of the cell; mass after them.
    fn around(&self, position: f64, share: impl Fn(usize) -> (bool, f64)) -> (f64, f64, f64) {
        let points = self.atoms.len();
        // A cell that the position is in has its middle at most half a step away.
        let first = (libm::floor(position).clamp(1.0, points as f64) as usize) - 1;
        let last = (first + 4).min(points);
        let near = (first..last).map(|k| {
            let (atom, cell) = share(k);
            (if atom { self.atoms[k] } else { 0.0 }) + cell * self.smooth[k]
        });
        (self.before[first], near.sum(), self.from[last])
    }

    /// inf{x : P(total ≤ x) ≥ level}.
    #[must_use]
    pub fn quantile(&self, level: f64) -> f64 {
        self.already_won + self.walk(level, |_, _, _| {})
    }

    /// Mean of the worst outcomes, of total probability `level`, atoms split (Acerbi & Tasche 2002).
    #[must_use]
    pub fn lower_tail_mean(&self, level: f64) -> f64 {
        let mut sum = 0.0;
        self.walk(level, |from, to, mass| sum += mass * (from + to) / 2.0);
        self.already_won + sum / level
    }

    /// Goes through the masses in ascending order until `level` is reached, telling each piece's start,
    /// end and mass, and returns where that is.
    fn walk(&self, level: f64, mut piece: impl FnMut(f64, f64, f64)) -> f64 {
        let mut left = level;
        // Probabilities carry the rounding errors of a transform.
        let enough = |mass: f64, left: f64| mass >= left - 1e-12;
        let mut end = 0.0;
        for (k, (atom, smooth)) in self.atoms.iter().zip(&self.smooth).enumerate() {
            // The lower half of the cell, the atom, the upper half.
            let middle = k as f64 * self.step;
            let lower_mass = if k == 0 { 0.0 } else { smooth / 2.0 };
            let lower_edge = if k == 0 { 0.0 } else { middle - self.step / 2.0 };
            let pieces = [
                (lower_edge, middle, lower_mass),
                (middle, middle, *atom),
                (middle, middle + self.step / 2.0, smooth - lower_mass),
            ];
            for (from, to, mass) in pieces {
                if mass <= 0.0 {
                    continue;
                }
                end = to;
                if enough(mass, left) {
                    let reached = from + (to - from) * (left / mass).clamp(0.0, 1.0);
                    piece(from, reached, left.max(0.0));
                    return reached;
                }
                piece(from, to, mass);
                left -= mass;
            }
        }
        end
    }

    /// E[(amount − total)₊].
    #[must_use]
    pub fn expected_gap(&self, amount: f64) -> f64 {
        let missing = amount - self.already_won;
        let cell = |from: f64, to: f64| {
            // Mean of (missing − x)₊ over the cell.
            let top = missing.clamp(from, to);
            if to > from { (top - from) * (missing - (from + top) / 2.0) / (to - from) } else { 0.0 }
        };
        let masses = self.atoms.iter().zip(&self.smooth).enumerate();
        masses
            .map(|(k, (atom, smooth))| {
                let middle = k as f64 * self.step;
                let from = if k == 0 { 0.0 } else { middle - self.step / 2.0 };
                atom * (missing - middle).max(0.0) + smooth * cell(from, middle + self.step / 2.0)
            })
            .sum()
    }

    /// Mean of the total.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let masses = self.atoms.iter().zip(&self.smooth).enumerate();
        self.already_won + masses.map(|(k, (atom, smooth))| (atom + smooth) * k as f64 * self.step).sum::<f64>()
    }
}
