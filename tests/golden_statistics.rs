//! Reference cases of the statistics: every expected number of every case is computed and compared.
//!
//! Each kind of case builds, from the inputs alone, a document of the shape of `expected`; a field of
//! `expected` that the document lacks is a failure.

use dealcast::cash_flow;
use dealcast::distribution::{self, Distribution, MAX_CYCLE_MONTHS, cycle_months_pmf};
use dealcast::math::{normal, sin_cos};
use dealcast::rng::{philox4x32_10, uniform53};
use dealcast::sobol::{SobolInput, sensitivity};
use dealcast::statistics::posterior::WinRatePosterior;
use dealcast::statistics::{copula, ensemble, forecast_accuracy, meddic, order, scores, shrinkage};
use serde_json::{Map, Value, json};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen_test::wasm_bindgen_test as test;

/// Relative tolerance of a closed form; the cases suggest 1e−8.
const RELATIVE: f64 = 1e-11;
/// Absolute tolerance of a closed form; the cases suggest 1e−10.
const ABSOLUTE: f64 = 1e-13;
/// Relative tolerance of the maximum-likelihood strength, which the cases give to four digits only.
const STRENGTH: f64 = 1e-4;
/// Tolerance of a normal number; the cases suggest 1e−9.
const NORMAL: f64 = 1e-14;
/// Tolerance of an estimated sensitivity index, as the cases suggest.
const INDEX: f64 = 0.02;

/// Compares every field of `expected` with `actual`.
fn compare(path: &str, expected: &Value, actual: &Value, relative: f64, absolute: f64) {
    match (expected, actual) {
        (Value::Object(fields), _) => {
            for (name, expected) in fields {
                let actual = actual.get(name).unwrap_or_else(|| panic!("{path}/{name} is not computed"));
                compare(&format!("{path}/{name}"), expected, actual, relative, absolute);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            assert_eq!(expected.len(), actual.len(), "{path}");
            for (i, (expected, actual)) in expected.iter().zip(actual).enumerate() {
                compare(&format!("{path}/{i}"), expected, actual, relative, absolute);
            }
        }
        (Value::Number(expected), Value::Number(actual)) => {
            let (expected, actual) = (expected.as_f64().unwrap(), actual.as_f64().unwrap());
            let error = (expected - actual).abs();
            let allowed = absolute.max(relative * expected.abs());
            assert!(error <= allowed, "{path}: expected {expected}, computed {actual}");
        }
        _ => assert_eq!(expected, actual, "{path}"),
    }
}

fn case(text: &str) -> (Value, Value) {
    let mut case: Value = serde_json::from_str(text).unwrap();
    (case["inputs"].take(), case["expected"].take())
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn number(value: &Value, name: &str) -> f64 {
    value[name].as_f64().unwrap_or_else(|| panic!("no number {name} in {value}"))
}

fn count(value: &Value, name: &str) -> u64 {
    value[name].as_u64().unwrap_or_else(|| panic!("no count {name} in {value}"))
}

/// The fields of an input, with computed ones added.
fn extended(input: &Value, fields: Value) -> Value {
    let mut all: Map<String, Value> = input.as_object().unwrap().clone();
    all.extend(fields.as_object().unwrap().clone());
    Value::Object(all)
}

fn list(value: &Value, f: impl Fn(&Value) -> Value) -> Value {
    value.as_array().unwrap().iter().map(f).collect()
}

fn law(input: &Value) -> Distribution {
    let get = |name| number(input, name);
    match input["distribution"].as_str().unwrap() {
        "fixed" => Distribution::fixed(get("value")),
        "uniform" => Distribution::uniform(get("min"), get("max")),
        "triangular" => Distribution::triangular(get("min"), get("mode"), get("max")),
        "pert" => {
            let lambda = input["lambda"].as_f64().unwrap_or(4.0);
            Distribution::pert(get("min"), get("mode"), get("max"), lambda)
        }
        "lognormal" => Distribution::lognormal(get("mean"), get("coefficient_of_variation")),
        "gamma" => Distribution::gamma(get("mean"), get("coefficient_of_variation")),
        other => panic!("unknown distribution {other}"),
    }
    .unwrap()
}

fn distributions(inputs: &Value) -> Value {
    let levels = numbers(&inputs["levels"]);
    let described = list(&inputs["distributions"], |input| {
        let law = law(input);
        let mut fields = json!({ "mean": law.mean(), "sd": law.sd() });
        for level in &levels {
            fields[format!("q{:02}", (level * 100.0).round())] = law.quantile(*level).into();
        }
        match law {
            Distribution::Pert { min, mode, max, lambda } => {
                let (alpha, beta) = distribution::pert_shape(min, mode, max, lambda);
                (fields["alpha"], fields["beta"]) = (alpha.into(), beta.into());
            }
            Distribution::LogNormal { mean, coefficient_of_variation } => {
                let (mu, sigma) = distribution::lognormal_parameters(mean, coefficient_of_variation);
                (fields["mu"], fields["sigma"]) = (mu.into(), sigma.into());
            }
            Distribution::Gamma { mean, coefficient_of_variation: cv } => {
                (fields["shape"], fields["scale"]) = ((1.0 / (cv * cv)).into(), (mean * cv * cv).into());
            }
            _ => {}
        }
        fields
    });
    let cycle = &inputs["cycle_days"];
    let pmf = cycle_months_pmf(number(cycle, "mean_days"), number(cycle, "coefficient_of_variation"), MAX_CYCLE_MONTHS)
        .unwrap();
    let mean: f64 = pmf.iter().enumerate().map(|(months, p)| months as f64 * p).sum();
    json!({ "distributions": described, "cycle_months_pmf_first_12": pmf[..12], "cycle_mean_months": mean })
}

fn win_rates(inputs: &Value) -> Value {
    let posterior = |name: &str| {
        let counts = &inputs[name];
        WinRatePosterior::from_counts(count(counts, "won"), count(counts, "closed")).unwrap()
    };
    let (before, after) = (posterior("before"), posterior("after"));
    let described = |law: &WinRatePosterior| {
        let mut fields = json!({ "alpha": law.alpha(), "beta": law.beta(), "mean": law.mean(), "sd": law.sd() });
        for percent in 1..100 {
            fields[format!("p{percent:02}")] = law.quantile(f64::from(percent) / 100.0).into();
        }
        fields
    };
    let counts = |name: &str| numbers(&inputs[name]).into_iter().map(|x| x as u32).collect::<Vec<u32>>();
    let stages: Vec<shrinkage::StageCounts> = counts("stage_won")
        .into_iter()
        .zip(counts("stage_closed"))
        .map(|(won, closed)| shrinkage::StageCounts { won, closed })
        .collect();
    let pooled = shrinkage::pooled_rate(&stages).unwrap();
    let fitted = shrinkage::maximum_likelihood_strength(&stages).unwrap();
    json!({
        "before": described(&before),
        "after": described(&after),
        "prob_after_exceeds_before": after.prob_exceeds_other(&before),
        "prob_after_exceeds_benchmark": after.prob_exceeds(number(inputs, "benchmark_rate")),
        "shrinkage_fixed_strength": {
            "pooled_rate": pooled,
            "shrunk_rates": shrinkage::shrunk_rates(&stages, pooled, number(inputs, "prior_strength")),
        },
        "shrinkage_maximum_likelihood": {
            "pooled_rate": pooled,
            "prior_strength_mle": fitted,
            "shrunk_rates": shrinkage::shrunk_rates(&stages, pooled, fitted),
        },
        "meddic": list(&inputs["meddic"], |deal| extended(deal, json!({
            "win_probability": meddic::adjusted(
                number(deal, "stage_win_probability"),
                number(deal, "score"),
                number(inputs, "meddic_reference_score"),
                number(inputs, "meddic_log_odds_per_point"),
            ),
        }))),
    })
}

fn back_test(inputs: &Value) -> Value {
    let deals: Vec<scores::ScoredDeal> = numbers(&inputs["deal_probabilities"])
        .into_iter()
        .zip(numbers(&inputs["deal_outcomes"]))
        .map(|(probability, outcome)| scores::ScoredDeal { probability, won: outcome == 1.0 })
        .collect();
    let deal = scores::deal_scores(&deals).unwrap();
    let periods: Vec<forecast_accuracy::Period> = numbers(&inputs["period_forecast"])
        .into_iter()
        .zip(numbers(&inputs["period_actual"]))
        .map(|(forecast, actual)| forecast_accuracy::Period { forecast, actual })
        .collect();
    let period = forecast_accuracy::period_accuracy(&periods, number(inputs, "tolerance_share")).unwrap();
    let (mut members, observed) = (numbers(&inputs["ensemble"]), number(inputs, "observation"));
    let crps = ensemble::crps(&members, observed).unwrap();
    let pit = ensemble::pit_mid(&members, observed);
    members.sort_by(f64::total_cmp);
    let quantile = |level: f64| order::type1_quantile(&members, level).unwrap();
    let per_level = |f: &dyn Fn(f64) -> f64| json!({ "p10": f(0.1), "p50": f(0.5), "p90": f(0.9) });
    json!({
        "deal_scores": {
            "brier": deal.brier,
            "brier_of_base_rate": deal.brier_of_base_rate,
            "brier_skill": deal.brier_skill,
            "log_loss": deal.log_loss,
            "calibration_in_the_large": deal.calibration_in_the_large,
        },
        "period_accuracy": {
            "bias": period.bias,
            "bias_pct_of_actual": period.bias_pct_of_actual,
            "mape": period.mape,
            "wape": period.wape,
            "accuracy_one_minus_wape": period.accuracy_one_minus_wape,
            "accuracy_vs_actual_mean_clipped": period.accuracy_vs_actual_mean_clipped,
            "accuracy_vs_forecast_mean_clipped": period.accuracy_vs_forecast_mean_clipped,
            "hit_rate_within_tolerance": period.hit_rate_within_tolerance,
            "attainment": period.attainment,
        },
        "crps": { "crps": crps.crps, "crps_fair": crps.crps_fair },
        "pit_mid": pit,
        "quantiles_type1": per_level(&quantile),
        "pinball": per_level(&|level| ensemble::pinball(quantile(level), observed, level)),
    })
}

fn quantile_intervals(inputs: &Value) -> Value {
    let results = list(&inputs["queries"], |query| {
        let (trials, level) = (count(query, "trials"), number(query, "level"));
        let interval = order::quantile_interval(trials, level, number(query, "confidence")).unwrap();
        extended(
            query,
            json!({
                "lower_rank": interval.lower_rank,
                "upper_rank": interval.upper_rank,
                "coverage": interval.coverage,
                "type1_rank": order::type1_rank(trials, level),
                "probability_standard_error": order::probability_standard_error(level, trials),
            }),
        )
    });
    json!({ "results": results })
}

/// Uniforms as text, to be compared to the last bit whatever the reader of the case does.
fn philox(inputs: &Value) -> Value {
    let words = |value: &Value| -> Vec<u32> {
        let word = |text: &Value| u32::from_str_radix(text.as_str().unwrap(), 16).unwrap();
        value.as_array().unwrap().iter().map(word).collect()
    };
    let results = list(&inputs["blocks"], |block| {
        let counter: [u32; 4] = words(&block["counter_words_hex"]).try_into().unwrap();
        let key: [u32; 2] = words(&block["key_words_hex"]).try_into().unwrap();
        let output = philox4x32_10(counter, key);
        let uniforms = [uniform53(output[0], output[1]), uniform53(output[2], output[3])];
        extended(
            block,
            json!({
                "output_words_hex": output.map(|word| format!("{word:08x}")),
                "uniforms": uniforms.map(|uniform| format!("{uniform:?}")),
                "normals": uniforms.map(normal::quantile),
            }),
        )
    });
    json!({ "results": results })
}

fn cash_flows(inputs: &Value) -> Value {
    let results = list(&inputs["cash_flow_cases"], |plan| {
        let net_cash = numbers(&plan["net_cash"]);
        let investment = number(plan, "total_investment");
        let measures = cash_flow::measures(&net_cash, investment, number(plan, "discount_rate_annual"));
        json!({
            "net_cash_total": measures.net_cash_total,
            "total_investment": measures.total_investment,
            "roi_over_horizon": measures.roi_over_horizon,
            "npv": measures.npv,
            "irr_monthly": measures.irr_monthly,
            "irr_annual": measures.irr_annual,
            "irr_status": measures.irr_status.name(),
            "payback_month_sustained": measures.payback_month_sustained,
            "payback_month_first": measures.payback_month_first,
            "peak_funding_need": measures.peak_funding_need,
        })
    });
    json!({ "results": results })
}

fn dependence(inputs: &Value) -> Value {
    let p = |input: &Value| number(input, "win_probability");
    let rho = |input: &Value| number(input, "latent_correlation");
    json!({
        "conditional_win_probability": list(&inputs["conditional"], |input| extended(input, json!({
            "win_probability_given_factor":
                copula::conditional_win_probability(p(input), rho(input), number(input, "factor")),
        }))),
        "pairs": list(&inputs["pairs"], |input| {
            let (p1, p2) = (number(input, "p1"), number(input, "p2"));
            extended(input, json!({
                "prob_both_won": copula::prob_both_won(p1, p2, rho(input)),
                "indicator_correlation": copula::indicator_correlation(p1, p2, rho(input)),
            }))
        }),
        "portfolio": list(&inputs["portfolio"], |input| {
            let spread = copula::portfolio_spread(count(input, "deals") as u32, p(input), rho(input)).unwrap();
            extended(input, json!({
                "coefficient_of_variation_independent": spread.coefficient_of_variation_independent,
                "coefficient_of_variation_correlated": spread.coefficient_of_variation_correlated,
                "coefficient_of_variation_limit": spread.coefficient_of_variation_limit,
                "sd_ratio": spread.sd_ratio,
            }))
        }),
    })
}

#[test]
fn e01_distributions_and_cycle_months() {
    let (inputs, expected) = case(include_str!("golden/E01.json"));
    compare("E01", &expected, &distributions(&inputs), RELATIVE, ABSOLUTE);
}

#[test]
fn e03_win_rates_stages_and_meddic() {
    let (inputs, mut expected) = case(include_str!("golden/E03.json"));
    let actual = win_rates(&inputs);
    // What depends on the fitted strength has the strength's own tolerance.
    let fitted = expected["shrinkage_maximum_likelihood"].take();
    expected.as_object_mut().unwrap().remove("shrinkage_maximum_likelihood");
    compare("E03/fitted", &fitted, &actual["shrinkage_maximum_likelihood"], STRENGTH, 0.0);
    compare("E03", &expected, &actual, RELATIVE, ABSOLUTE);
}

#[test]
fn e05_back_test_scores() {
    let (inputs, expected) = case(include_str!("golden/E05.json"));
    compare("E05", &expected, &back_test(&inputs), RELATIVE, ABSOLUTE);
}

#[test]
fn e07_quantile_intervals() {
    let (inputs, expected) = case(include_str!("golden/E07.json"));
    compare("E07", &expected, &quantile_intervals(&inputs), RELATIVE, ABSOLUTE);
}

#[test]
fn e09_philox() {
    let text = include_str!("golden/E09.json");
    // The uniforms as the case writes them, in quotes: shortest decimals that give the same double.
    let quoted = text.split("\"uniforms\": [").enumerate().map(|(i, part)| {
        let Some((list, rest)) = part.split_once(']').filter(|_| i > 0) else { return part.to_owned() };
        let quoted: Vec<String> = list.split(',').map(|number| format!("\"{}\"", number.trim())).collect();
        format!("{}]{rest}", quoted.join(","))
    });
    let (inputs, expected) = case(&quoted.collect::<Vec<String>>().join("\"uniforms\": ["));
    compare("E09", &expected, &philox(&inputs), 0.0, NORMAL);
}

#[test]
fn e11_cash_flow_measures() {
    let (inputs, expected) = case(include_str!("golden/E11.json"));
    compare("E11", &expected, &cash_flows(&inputs), RELATIVE, ABSOLUTE);
}

#[test]
fn e13_one_factor_copula() {
    let (inputs, expected) = case(include_str!("golden/E13.json"));
    compare("E13", &expected, &dependence(&inputs), RELATIVE, ABSOLUTE);
}

#[test]
fn e15_sensitivity_of_the_ishigami_function() {
    let (inputs, expected) = case(include_str!("golden/E15.json"));
    let (a, b) = (number(&inputs, "a"), number(&inputs, "b"));
    let pi = std::f64::consts::PI;
    let angle = |u: f64| pi * (2.0 * u - 1.0);
    let law: Vec<SobolInput> = (1..=3).map(|key| SobolInput { key, quantile: &angle }).collect();
    let ishigami = |x: &[f64]| {
        let (first, second) = (sin_cos(x[0]).0, sin_cos(x[1]).0);
        first + a * second * second + b * x[2] * x[2] * x[2] * x[2] * first
    };
    // Seed 1, 2^17 points: the suggested tolerance is four standard errors of the least exact index.
    let result = sensitivity(1, 1 << 17, &law, ishigami).unwrap();
    let first: Vec<f64> = result.inputs.iter().map(|input| input.first_order.value).collect();
    let total: Vec<f64> = result.inputs.iter().map(|input| input.total.value).collect();
    compare("E15/S", &expected["S"], &json!(first), 0.0, INDEX);
    compare("E15/ST", &expected["ST"], &json!(total), 0.0, INDEX);
    let moments = json!({ "mean": result.mean, "variance": result.variance });
    compare("E15", &json!({ "mean": expected["mean"], "variance": expected["variance"] }), &moments, INDEX, 0.0);
}
