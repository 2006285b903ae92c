//! Monte Carlo of the partner models: the plan of one partner, the vendor's programme, and both sides of the
//! same simulated partners.

pub mod both_sides;
mod cash;
mod counted;
mod counts;
pub mod pnl;
pub mod programme;
mod signed;

pub use cash::{CUMULATIVE, NET, NET_CASH, NPV, PAYBACK, PEAK, ROI};
