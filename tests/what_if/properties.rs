//! What holds for every document, on random ones of every section.

use super::random_documents::{Drawn, Helpful, growth, partners, pipeline};
use super::{figure, plan};
use dealcast::report::what_if::{ComparedScenario, Comparison, Outcome, OutcomeSensitivity, Statistic};
use dealcast::what_if::{CompareOptions, SensitivityOptions, compare, sensitivity, waterfall};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

/// Trials of a scenario: what holds trial by trial needs no more.
const TRIALS: u32 = 256;
/// Rounding of sums of as many numbers, as a share.
const ROUNDING: f64 = 1e-9;

/// Any section.
fn any_document() -> impl Strategy<Value = Drawn> {
    prop_oneof![pipeline(), growth(), partners()]
}

fn with_plans(drawn: &Drawn, plans: Value) -> Value {
    let mut document = drawn.document.clone();
    document["plans"] = plans;
    document
}

fn compared(document: &Value, outcome: Outcome) -> Comparison {
    let options = CompareOptions { outcome, target: None, trials: Some(TRIALS) };
    let found = compare(document, &options, 1, &mut None).unwrap();
    assert!(found.errors.is_empty(), "{:?}", found.errors);
    found
}

fn changes(helpful: &[Helpful], size: f64) -> Value {
    helpful.iter().map(|one| one.change(size)).collect()
}

/// Whether a scenario is at least as good as another one in every figure and at every point of its curve. Curves and
/// chances of the target are exact; means are sums, whose order is the same.
fn at_least_as_good(better: &ComparedScenario, worse: &ComparedScenario, fewer_is_better: bool) -> bool {
    let sign = if fewer_is_better { -1.0 } else { 1.0 };
    let no_worse = |better: Option<f64>, worse: Option<f64>| match (better, worse) {
        (Some(better), Some(worse)) => sign * (better - worse) >= -ROUNDING * worse.abs().max(1.0),
        // A month beyond the horizon is not shown.
        (None, Some(_)) => !fewer_is_better,
        _ => true,
    };
    let (b, w) = (&better.figures, &worse.figures);
    let figures = no_worse(b.p10, w.p10) && no_worse(b.p50, w.p50) && no_worse(b.p90, w.p90);
    // A mean over the trials that arrive compares only where all do.
    let means = b.mean.zip(w.mean).is_none_or(|(better, worse)| no_worse(Some(better), Some(worse)));
    let chances = b.prob_target.zip(w.prob_target).is_none_or(|(better, worse)| better >= worse);
    let curves = better.prob_at_least.iter().zip(&worse.prob_at_least);
    figures && means && chances && { curves }.all(|(better, worse)| sign * (better - worse) >= 0.0)
}

fn driven(document: &Value, outcome: Outcome, statistic: Statistic) -> OutcomeSensitivity {
    let options = SensitivityOptions { figure: figure(outcome, statistic, None, TRIALS), swing: None, variance: None };
    sensitivity(document, &options, 1, &mut |_| {}).unwrap()
}

/// A list turned by some places, and then around: enough orders to find what depends on one.
fn reordered(list: &mut [Value], by: usize) {
    if !list.is_empty() {
        let places = list.len();
        list.rotate_left(by % places);
        list[..places / 2].reverse();
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 16, rng_seed: RngSeed::Fixed(6), failure_persistence: None, ..ProptestConfig::default()
    })]

    /// Contributions add up to the whole difference, whatever the levers, and each is the same in any order of them.
    #[test]
    fn contributions_add_up_whatever_the_document(drawn in any_document(), size in 0.05..1.0f64, by in 0usize..3) {
        let document = with_plans(&drawn, json!([plan("Plan", changes(&drawn.helpful, size))]));
        let mut turned = document.clone();
        let levers = turned["plans"][0]["levers"].as_array_mut().unwrap();
        levers.reverse();
        let places = levers.len();
        levers.rotate_left(by % places);
        for statistic in [Statistic::Mean, Statistic::P50] {
            let options = figure(drawn.outcome, statistic, Some("Plan"), TRIALS);
            let found = waterfall(&document, &options, None, 1, &mut |_| {}).unwrap();
            prop_assert!(found.exact);
            let sum: f64 = found.contributions.iter().map(|one| one.contribution).sum();
            let scale = found.start.abs().max(found.end.abs()).max(1.0);
            prop_assert!((sum - (found.end - found.start)).abs() <= ROUNDING * scale, "{found:?}");
            prop_assert_eq!(found.contributions.last().unwrap().level, found.end);
            let other = waterfall(&turned, &options, None, 1, &mut |_| {}).unwrap();
            prop_assert_eq!((found.start, found.end), (other.start, other.end));
            for one in &found.contributions {
                let same = other.contributions.iter().find(|two| two.lever == one.lever).unwrap();
                prop_assert!((one.contribution - same.contribution).abs() <= ROUNDING * scale, "{one:?} {same:?}");
            }
        }
    }

    /// A scenario beats itself in half of the cases, ties counted half; of two, one beats the other or is beaten.
    #[test]
    fn a_scenario_beats_itself_by_half(drawn in any_document(), size in 0.05..1.0f64) {
        let same = json!({"name": "Same", "levers": []});
        let better = plan("Better", changes(&drawn.helpful, size));
        let found = compared(&with_plans(&drawn, json!([same, better])), drawn.outcome);
        let [base, same, better] = &found.scenarios[..] else { panic!("three scenarios") };
        prop_assert_eq!((base.prob_beats[0], base.prob_beats[1], same.prob_beats[0]), (0.5, 0.5, 0.5));
        prop_assert_eq!(same.difference.as_ref().unwrap().prob_beats_base, 0.5);
        prop_assert_eq!(&same.figures, &base.figures);
        prop_assert!((better.prob_beats[0] + base.prob_beats[2] - 1.0).abs() < ROUNDING);
        prop_assert!(better.prob_beats[0] >= 0.5, "{}", better.prob_beats[0]);
    }

    /// A lever that can only help helps in every figure, and the more the further it is pulled.
    #[test]
    fn levers_that_only_help_help_the_more_the_larger(drawn in any_document(), size in 0.05..0.5f64) {
        for one in &drawn.helpful {
            let levels = [0.0, size, 2.0 * size].map(|size| plan(&format!("{size}"), json!([one.change(size)])));
            let found = compared(&with_plans(&drawn, json!(levels)), drawn.outcome);
            prop_assert!(at_least_as_good(&found.scenarios[1], &found.scenarios[0], found.fewer_is_better));
            prop_assert!(at_least_as_good(&found.scenarios[0], &found.scenarios[1], found.fewer_is_better));
            for pair in found.scenarios[1..].windows(2) {
                prop_assert!(at_least_as_good(&pair[1], &pair[0], found.fewer_is_better), "{one:?} {pair:?}");
            }
        }
    }

    /// Scenarios are the same whatever stands beside them.
    #[test]
    fn scenarios_do_not_depend_on_their_order(drawn in any_document(), size in 0.05..1.0f64) {
        let plans: Vec<Value> =
            drawn.helpful.iter().enumerate().map(|(place, one)| plan(&place.to_string(), json!([one.change(size)]))).collect();
        let turned: Vec<Value> = plans.iter().rev().cloned().collect();
        let (found, other) = (compared(&with_plans(&drawn, json!(plans)), drawn.outcome), compared(&with_plans(&drawn, json!(turned)), drawn.outcome));
        prop_assert_eq!(&found.axis, &other.axis);
        for (one, two) in found.scenarios[1..].iter().zip(other.scenarios[1..].iter().rev()) {
            prop_assert_eq!((&one.plan, &one.figures, &one.difference), (&two.plan, &two.figures, &two.difference));
            prop_assert_eq!(&one.prob_at_least, &two.prob_at_least);
        }
    }

    /// A tornado is the same in any order of deals and stages.
    #[test]
    fn tornados_do_not_depend_on_the_order_of_rows(drawn in pipeline(), by in 1usize..7) {
        let mut turned = drawn.document.clone();
        for list in ["deals", "stages"] {
            reordered(turned["open_pipeline"][list].as_array_mut().unwrap(), by);
        }
        for statistic in [Statistic::Mean, Statistic::P50, Statistic::ProbTarget] {
            let (found, other) = (driven(&drawn.document, drawn.outcome, statistic), driven(&turned, drawn.outcome, statistic));
            prop_assert!(statistic != Statistic::Mean || !found.bars.is_empty());
            prop_assert_eq!(found, other);
        }
    }

    /// Nor does that of the sales machine on the order of its hires.
    #[test]
    fn tornados_do_not_depend_on_the_order_of_hires(drawn in growth(), hires in proptest::collection::vec((1u32..12, 1u32..4), 2..6)) {
        let list = |hires: &mut dyn Iterator<Item = &(u32, u32)>| -> Value {
            hires.map(|(month, count)| json!({"month": month, "count": count})).collect()
        };
        let mut document = drawn.document.clone();
        document["pipeline_generation"]["capacity"] = json!({"initial_ramped_reps": 2, "hires": list(&mut hires.iter())});
        let mut turned = document.clone();
        turned["pipeline_generation"]["capacity"]["hires"] = list(&mut hires.iter().rev());
        prop_assert_eq!(driven(&document, Outcome::Wins, Statistic::Mean), driven(&turned, Outcome::Wins, Statistic::Mean));
    }
}
