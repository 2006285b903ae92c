use super::*;
use crate::math::sqrt;
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// A random walk with an uncertain drift: X_m = m·drift + Σ noise.
struct Walk {
    inputs: [Input; 2],
    streams: [(u64, Purpose); 1],
}

const MONTHS: usize = 6;

fn walk() -> Walk {
    Walk {
        inputs: [
            Input::new("drift", Distribution::uniform(-1.0, 3.0).unwrap()),
            Input::new("start", Distribution::fixed(10.0).unwrap()),
        ],
        streams: [(7, Purpose::Count)],
    }
}

impl PathModel for Walk {
    type Workspace = Lanes;
    fn shape(&self) -> Shape {
        Shape { series: 2, months: MONTHS, scalars: 2 }
    }
    fn inputs(&self) -> &[Input] {
        &self.inputs
    }
    fn streams(&self) -> &[(u64, Purpose)] {
        &self.streams
    }
    fn workspace(&self) -> Lanes {
        [0.0; LANES]
    }
    fn simulate(&self, draws: &Draws, at: &mut Lanes, group: &mut Group) {
        *at = *draws.input(1);
        let (walk, step) = group.two_series_mut(0, 1);
        for month in 0..MONTHS {
            for lane in 0..LANES {
                step[month][lane] = draws.input(0)[lane] + draws.uniform(0, lane, month as u32) - 0.5;
                at[lane] += step[month][lane];
                walk[month][lane] = at[lane];
            }
        }
        *group.scalar_mut(0) = *at;
        *group.scalar_mut(1) = *draws.input(0);
    }
}

#[test]
fn moments_and_quantiles() {
    // 50,000 trials, seed 3; each figure within 4.5 standard errors, a level of 7·10⁻⁶.
    let paths = Paths::new(walk(), 3, 50_000);
    let outcome = paths.outcome(&paths.simulate(0, paths.blocks())).unwrap();
    for month in 0..MONTHS {
        let m = (month + 1) as f64;
        let (mean, error) = outcome.month(0, month).mean();
        let sd = sqrt(m * m * 16.0 / 12.0 + m / 12.0);
        assert!((mean - (10.0 + m)).abs() < 4.5 * error, "{month}: {mean}");
        assert!((error - sd / sqrt(50_000.0)).abs() < 0.02 * error);
        assert!((outcome.month(0, month).sd() / sd - 1.0).abs() < 0.02);
    }
    // The last month is kept as a number too: its bins agree with its order statistics to a bin.
    let last = outcome.month(0, MONTHS - 1);
    let sample = outcome.sample(0);
    for level in [0.1, 0.25, 0.5, 0.75, 0.9] {
        assert!((last.quantile(level) - sample.quantile(level).0).abs() <= last.bin_width(), "{level}");
    }
    assert!((last.mean().0 - sample.mean().0).abs() < 1e-9);
    assert!((last.sd() - sample.sd().0).abs() < 1e-9);
}

#[test]
fn parts_merge_to_the_same_bytes_and_travel() {
    let paths = Paths::new(walk(), 5, 20_000);
    let whole = paths.simulate(0, paths.blocks());
    let pieces: Vec<PathPart> = (0..paths.blocks()).rev().map(|block| paths.simulate(block, 1)).collect();
    let written = |part: &PathPart| {
        let mut bytes = Vec::new();
        part.write(&mut bytes);
        bytes
    };
    let sent: Vec<PathPart> = pieces.iter().map(|part| PathPart::from_bytes(&written(part)).unwrap()).collect();
    let merged = sent.into_iter().reduce(|a, b| a.merged(b).unwrap()).unwrap();
    assert_eq!(merged.months, whole.months);
    let read = |part: &PathPart| paths.outcome(part).unwrap().values(0).to_vec();
    assert_eq!(read(&merged), read(&whole));
    assert!(paths.outcome(&paths.simulate(0, 2)).is_none(), "blocks are missing");
    assert!(paths.outcome(&whole.clone().merged(whole.clone()).unwrap()).is_none(), "blocks are double");
    let bytes = written(&whole);
    for length in [0, 3, 16, bytes.len() / 2, bytes.len() - 1] {
        assert!(PathPart::from_bytes(&bytes[..length]).is_none(), "{length} bytes");
    }
}

#[test]
fn trials_do_not_depend_on_how_many_there_are() {
    let values = |trials: u32| {
        let paths = Paths::new(walk(), 5, trials);
        paths.outcome(&paths.simulate(0, paths.blocks())).unwrap().values(0).to_vec()
    };
    let (few, many) = (values(100), values(9_000));
    assert_eq!((few.len(), many.len()), (100, 9_000));
    assert_eq!(few[..], many[..100]);
}
