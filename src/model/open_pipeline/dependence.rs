//! One common factor M ~ N(0,1): a high M is a favourable market. Given M, deals are independent.

use super::{DelayLaw, Pipeline, PipelineDeal, WinLaw};
use crate::math::{exp, normal, sqrt};

/// P(S ≤ k | M = m) = Φ((Φ⁻¹(F(k)) + b·m) / √(1−b²)): a bad market delays deals.
#[must_use]
pub fn delay_given_market(cumulative: f64, loading: f64, m: f64, cdf: impl Fn(f64) -> f64) -> f64 {
    if loading == 0.0 || cumulative <= 0.0 || cumulative >= 1.0 {
        return cumulative;
    }
    cdf((normal::quantile(cumulative) + loading * m) / sqrt(1.0 - loading * loading))
}

/// Values of M and weights that sum to one.
///
/// Trapezoid rule on [−8.5, 8.5] with weights ∝ e^(−m²/2). Its error falls like e^(−2π²(1−ρ)/h²) with the
/// step h, as P(won | m) gets steeper with ρ: step 1/2 (35 nodes) up to ρ or b² of 0.35, accurate to
/// 3·10⁻¹⁰, 1/4 up to 0.8, 1/8 beyond. One node where nothing depends on the market.
#[must_use]
pub fn market_nodes(pipeline: &Pipeline) -> Vec<(f64, f64)> {
    if !pipeline.depends_on_market() {
        return vec![(0.0, 1.0)];
    }
    let loading = pipeline.slippage_factor_loading;
    let per_unit = match pipeline.latent_correlation.max(loading * loading) {
        steepness if steepness <= 0.35 => 2,
        steepness if steepness <= 0.8 => 4,
        _ => 8,
    };
    let reach = 17 * per_unit / 2;
    let nodes: Vec<f64> = (-reach..=reach).map(|i| f64::from(i) / f64::from(per_unit)).collect();
    let total: f64 = nodes.iter().map(|m| exp(-m * m / 2.0)).sum();
    nodes.into_iter().map(|m| (m, exp(-m * m / 2.0) / total)).collect()
}

/// Everything that depends on the market alone, computed once: each law at each node.
#[derive(Debug, Clone)]
pub struct Conditional {
    /// Values of M and their weights.
    pub nodes: Vec<(f64, f64)>,
    /// P(won | m) by law and node: one number, or one per class where the rate is shared.
    win: Vec<ByNode>,
    /// P(months late ≤ k | m) by law and node; one node where delays do not depend on the market.
    delay: Vec<ByNode>,
    delays_depend: bool,
}

/// Numbers of a law at each node, one after another.
#[derive(Debug, Clone)]
pub struct ByNode {
    /// By node, then by class or month.
    pub values: Vec<f64>,
    /// Numbers of a node.
    pub width: usize,
}

impl ByNode {
    fn at(&self, node: usize) -> &[f64] {
        &self.values[node * self.width..(node + 1) * self.width]
    }

    /// P(won | m) of a win law, by class where its rate is shared, else one number; with any Φ.
    #[must_use]
    pub fn of_wins(pipeline: &Pipeline, law: &WinLaw, nodes: &[(f64, f64)], cdf: impl Fn(f64) -> f64) -> Self {
        let rho = pipeline.latent_correlation;
        let (slope, spread) = (sqrt(rho), sqrt(1.0 - rho));
        let classes = law.classes.len();
        let width = if law.shared_rate.is_some() { classes } else { 1 };
        let share = width as f64 / classes as f64;
        let mut values = vec![0.0; nodes.len() * width];
        for (class, p) in law.classes.iter().enumerate() {
            // P(won | m), see `statistics::copula`.
            let (probit, slope) = (normal::quantile(*p) / spread, slope / spread);
            let values = values[class % width..].iter_mut().step_by(width).zip(nodes);
            if rho == 0.0 {
                values.for_each(|(value, _)| *value += share * *p);
            } else {
                values.for_each(|(value, (m, _))| *value += share * cdf(probit + slope * m));
            }
        }
        Self { values, width }
    }

    /// P(months late ≤ k | m) of a delay law; one node where delays do not depend on the market.
    #[must_use]
    pub fn of_delays(pipeline: &Pipeline, law: &DelayLaw, nodes: &[(f64, f64)], cdf: impl Fn(f64) -> f64) -> Self {
        let loading = pipeline.slippage_factor_loading;
        let nodes = if loading == 0.0 { &nodes[..1] } else { nodes };
        let cdf = &cdf;
        let given = |m: f64| law.cumulative.iter().map(move |f| delay_given_market(*f, loading, m, cdf));
        Self { values: nodes.iter().flat_map(|(m, _)| given(*m)).collect(), width: law.cumulative.len() }
    }
}

impl Conditional {
    /// Tables of a pipeline at the [`market_nodes`].
    #[must_use]
    pub fn new(pipeline: &Pipeline) -> Self {
        Self::at(pipeline, market_nodes(pipeline))
    }

    /// Tables of a pipeline at given nodes (value of M, weight).
    #[must_use]
    pub fn at(pipeline: &Pipeline, nodes: Vec<(f64, f64)>) -> Self {
        let win = pipeline.win_laws.iter().map(|law| ByNode::of_wins(pipeline, law, &nodes, normal::cdf));
        let delay = pipeline.delay_laws.iter().map(|law| ByNode::of_delays(pipeline, law, &nodes, normal::cdf));
        let delays_depend = pipeline.slippage_factor_loading != 0.0;
        Self { win: win.collect(), delay: delay.collect(), delays_depend, nodes }
    }

    /// P(won | node), by class where the deal's rate is shared, else one number.
    #[must_use]
    pub fn win(&self, deal: &PipelineDeal, node: usize) -> &[f64] {
        self.win_of_law(deal.win, node)
    }

    /// P(won | node) of a win law, by class where its rate is shared, else one number.
    #[must_use]
    pub fn win_of_law(&self, law: usize, node: usize) -> &[f64] {
        self.win[law].at(node)
    }

    /// Whether delays differ between the nodes.
    #[must_use]
    pub fn delays_depend(&self) -> bool {
        self.delays_depend
    }

    /// P(months late ≤ k | node) of a delay law.
    #[must_use]
    pub fn delay_of_law(&self, law: usize, node: usize) -> &[f64] {
        let by_node = &self.delay[law];
        by_node.at(if self.delays_depend() { node } else { 0 })
    }

    /// P(first ≤ close month ≤ last | node), months counted from 1.
    #[must_use]
    pub fn closes_within(&self, deal: &PipelineDeal, first: u32, last: u32, node: usize) -> f64 {
        let cumulative = self.delay_of_law(deal.delay, node);
        let until = |month: u32| match month.checked_sub(deal.close_month) {
            Some(late) => cumulative.get(late as usize).copied().unwrap_or(1.0),
            None => 0.0,
        };
        (until(last) - until(first.saturating_sub(1))).max(0.0)
    }
}
