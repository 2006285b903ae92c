//! What comes back where a scenario has both a partner's plan and the vendor's programme.

use super::cash::CashFigures;
use crate::scenario::open_pipeline::document;
use serde::{Deserialize, Serialize};

document! {
/// Both sides of the same simulated partners.
///
/// Each trial runs the programme candidate by candidate: who signs, when each partner makes its first deal (never,
/// for those unable to sell), its repeat deals. The vendor's side is the programme's cash. The partner's side is
/// the plan of the first partner that signs: its deals are those of the programme, its costs and margins those
/// of the section `partner_pnl`, counted from its own signature; it stops spending when the programme drops it
/// or it leaves. Inputs that both sections name share their draw. A side earns when its net present value is
/// above zero over its own horizon.
pub struct PartnerBothSidesReport {
    /// The figures.
    pub figures: BothSidesFigures,
    /// Their Monte Carlo standard errors.
    pub standard_error: BothSidesFigures,
    /// The partner's cash, over the trials with a signature.
    pub partner: CashFigures,
    /// Their standard errors.
    pub partner_standard_error: CashFigures,
    /// The vendor's cash.
    pub vendor: CashFigures,
    /// Their standard errors.
    pub vendor_standard_error: CashFigures,
    /// Both sides in expected values as the margin moves between them: the partner's resale margin and the
    /// vendor's discount set to the same rate, everything else at its mean.
    pub margins: Vec<MarginPoint>,
    /// Smallest such rate at which an average signed partner earns; absent when none up to 1 does.
    pub smallest_margin_for_partner: Option<f64>,
    /// Largest such rate at which the vendor earns; absent when not even 0 does.
    pub largest_margin_for_vendor: Option<f64>,
}
}

document! {
/// Shares of the trials, or their standard errors.
pub struct BothSidesFigures {
    /// P(both sides earn).
    pub prob_both: f64,
    /// P(the partner alone earns).
    pub prob_partner_only: f64,
    /// P(the vendor alone earns).
    pub prob_vendor_only: f64,
    /// P(neither earns).
    pub prob_none: f64,
    /// P(at least one partner signs).
    pub prob_any_signature: f64,
    /// P(the partner makes a first deal), given a signature.
    pub prob_partner_starts: f64,
    /// Correlation of the two net present values, given a signature.
    pub correlation: f64,
}
}

document! {
/// Both sides at one margin.
pub struct MarginPoint {
    /// The partner's resale margin and the vendor's discount.
    pub margin_rate: f64,
    /// Expected net present value of a signed partner.
    pub partner_npv: f64,
    /// Expected net present value of the programme.
    pub vendor_npv: f64,
}
}
