//! Frequencies by the grids that need them.

use super::products::LANES;

/// Points of the shortest grid.
const FEWEST_POINTS: usize = 64;

/// The frequencies 0 … N/2 of a grid of N points and of the same grid cut in half, in half again, …
///
/// A grid of N/2^c points takes the multiples of 2^c alone. Hence classes: the odd numbers (class 0), which only the whole
/// grid takes, the odd multiples of 2 (class 1), … and at last all multiples of the largest power.
#[derive(Debug, Clone, Copy)]
pub struct Frequencies {
    length: usize,
    /// How often the grid may be cut in half, which is the last class.
    pub halvings: usize,
}

/// Frequencies of one class that are computed together.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    first: usize,
    spacing: usize,
    last: usize,
}

impl Block {
    /// The frequency of each lane, also where it is above N/2: such lanes count nowhere.
    pub fn lanes(self) -> [usize; LANES] {
        std::array::from_fn(|lane| self.first + lane * self.spacing)
    }

    /// Lane and frequency, up to N/2.
    pub fn frequencies(self) -> impl Iterator<Item = (usize, usize)> {
        self.lanes().into_iter().enumerate().filter(move |(_, frequency)| *frequency <= self.last)
    }
}

impl Frequencies {
    /// Of a grid of `length` points, a power of two.
    pub fn new(length: usize) -> Self {
        Self { length, halvings: (length / FEWEST_POINTS).checked_ilog2().unwrap_or(0) as usize }
    }

    /// The frequencies of a class in ascending order, block by block.
    pub fn blocks(self, class: usize) -> impl ExactSizeIterator<Item = Block> {
        let (start, spacing) = self.course(class);
        let last = self.length / 2;
        let count = (last + spacing - start) / spacing;
        let block = move |index| Block { first: start + index * LANES * spacing, spacing, last };
        (0..count.div_ceil(LANES)).map(block)
    }

    /// Where a frequency of a class is: block and lane.
    pub fn place(self, class: usize, frequency: usize) -> (usize, usize) {
        let along = frequency / self.course(class).1;
        (along / LANES, along % LANES)
    }

    /// First frequency of a class, and how far apart they are.
    fn course(self, class: usize) -> (usize, usize) {
        if class < self.halvings { (1 << class, 2 << class) } else { (0, 1 << class) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[cfg(target_arch = "wasm32")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    #[test]
    fn each_frequency_has_its_class_and_place() {
        for length in [1, 2, 4, 64, 128, 4096, 131_072] {
            let frequencies = Frequencies::new(length);
            let mut seen = vec![false; length / 2 + 1];
            for class in 0..=frequencies.halvings {
                for (index, block) in frequencies.blocks(class).enumerate() {
                    for (lane, frequency) in block.frequencies() {
                        assert_eq!(frequencies.place(class, frequency), (index, lane), "{length} {frequency}");
                        assert_eq!(frequency % (1 << class), 0);
                        assert!(class == frequencies.halvings || frequency % (2 << class) != 0, "{length} {frequency}");
                        assert!(!std::mem::replace(&mut seen[frequency], true));
                    }
                }
            }
            assert!(seen.into_iter().all(|seen| seen), "{length}");
        }
    }
}
