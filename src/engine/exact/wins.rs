//! What each deal does at each value of the market.

use crate::model::open_pipeline::Pipeline;
use crate::model::open_pipeline::dependence::Conditional;

/// Weight below which a value of the market is left out: all of them together weigh less than 2·10⁻¹¹.
const LEAST_WEIGHT: f64 = 1e-13;

/// P(won in the window | market) of all deals at the nodes of the market.
pub struct Wins {
    /// Deals as indices of the pipeline, those first whose outcome is most open: their factors make a product
    /// small soonest.
    order: Vec<usize>,
    /// Weights of the nodes.
    weights: Vec<f64>,
    /// By node, then in that order.
    wins: Vec<f64>,
}

impl Wins {
    /// Reads the laws of a pipeline at the nodes that weigh anything.
    pub fn new(pipeline: &Pipeline, conditional: &Conditional) -> Self {
        let kept: Vec<usize> =
            (0..conditional.nodes.len()).filter(|&n| conditional.nodes[n].1 >= LEAST_WEIGHT).collect();
        let given = |deal: usize, node: usize| {
            let deal = &pipeline.deals[deal];
            let closes = conditional.closes_within(deal, pipeline.first_month, pipeline.last_month, node);
            conditional.win(deal, node)[0] * closes
        };
        let open = |deal: usize| -> f64 {
            let at = |node: usize| conditional.nodes[node].1 * given(deal, node) * (1.0 - given(deal, node));
            kept.iter().map(|&node| at(node)).sum()
        };
        let openness: Vec<f64> = (0..pipeline.deals.len()).map(open).collect();
        let mut order: Vec<usize> = (0..pipeline.deals.len()).collect();
        order.sort_by(|a, b| openness[*b].total_cmp(&openness[*a]).then(a.cmp(b)));
        let wins = kept.iter().flat_map(|&node| order.iter().map(move |&deal| (deal, node)));
        let wins = wins.map(|(deal, node)| given(deal, node)).collect();
        Self { weights: kept.iter().map(|&node| conditional.nodes[node].1).collect(), wins, order }
    }

    /// Deals in the order of [`Wins::nodes`].
    pub fn order(&self) -> &[usize] {
        &self.order
    }

    /// Weight of each node, and P(won in the window) of the deals there.
    pub fn nodes(&self) -> impl Iterator<Item = (f64, &[f64])> {
        self.weights.iter().copied().zip(self.wins.chunks_exact(self.order.len().max(1)))
    }

    /// Sum over the nodes, weighted.
    pub fn average(&self, at: impl Fn(&[f64]) -> f64) -> f64 {
        if self.order.is_empty() {
            return at(&[]);
        }
        self.nodes().map(|(weight, wins)| weight * at(wins)).sum()
    }

    /// P(won in the window) by deal of the pipeline.
    pub fn by_deal(&self) -> Vec<f64> {
        let mut by_deal = vec![0.0; self.order.len()];
        for (place, &deal) in self.order.iter().enumerate() {
            by_deal[deal] = self.average(|wins| wins[place]);
        }
        by_deal
    }
}
