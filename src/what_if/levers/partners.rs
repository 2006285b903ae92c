//! Levers on partners, from either side.

use super::{Catalogue, LeverSource, ReadyLeverName, SizeUnit, size, sized};
use crate::report::what_if::OperationName;
use crate::scenario::partner_pnl::PartnerPnl;
use crate::scenario::partner_vendor_programme::PartnerVendorProgramme;

impl Catalogue {
    pub(super) fn partners(&mut self, vendor: Option<&PartnerVendorProgramme>, partner: Option<&PartnerPnl>) {
        if vendor.is_some() {
            const AT: &str = "partner_vendor_programme";
            let at = |field: &str| format!("/partner_vendor_programme/{field}");
            self.add(
                ReadyLeverName::HundredDayPlan,
                AT,
                size(SizeUnit::Share, 0.5, 0.0, 0.95),
                LeverSource::PublishedCase,
                vec![sized(at("onboarding_time_reduction_rate"), OperationName::Set)],
            );
            self.add(
                ReadyLeverName::StopRule,
                AT,
                size(SizeUnit::Months, 9.0, 3.0, 36.0),
                LeverSource::PublishedCase,
                vec![sized(at("stop_rule_months"), OperationName::Set)],
            );
            self.add(
                ReadyLeverName::Selectivity,
                AT,
                size(SizeUnit::Share, 0.75, 0.0, 1.0),
                LeverSource::Assumption,
                vec![sized(at("capable_share"), OperationName::Set)],
            );
        } else if partner.is_some() {
            self.add(
                ReadyLeverName::HundredDayPlan,
                "partner_pnl",
                size(SizeUnit::Months, 2.0, 1.0, 24.0),
                LeverSource::PublishedCase,
                vec![sized("/partner_pnl/first_deal_month", OperationName::Set)],
            );
        }
        let (mut margin, mut deals) = (Vec::new(), Vec::new());
        if vendor.is_some() {
            margin.push(sized("/partner_vendor_programme/partner_discount_rate", OperationName::Add));
        }
        if partner.is_some() {
            margin.push(sized("/partner_pnl/resale_margin_rate", OperationName::Add));
        }
        if vendor.is_some() {
            let at = "/partner_vendor_programme/deals_per_active_partner_per_month";
            deals.push(sized(at, OperationName::Multiply));
        }
        if partner.is_some() {
            deals.push(sized("/partner_pnl/deals_per_month_at_maturity", OperationName::Multiply));
        }
        let section = if vendor.is_some() { "partner_vendor_programme" } else { "partner_pnl" };
        if !margin.is_empty() {
            let points = size(SizeUnit::Points, 0.05, -0.15, 0.15);
            self.add(ReadyLeverName::MarginChange, section, points, LeverSource::Assumption, margin);
        }
        if !deals.is_empty() {
            let factor = size(SizeUnit::Factor, 1.25, 0.5, 3.0);
            self.add(ReadyLeverName::JointBusinessPlan, section, factor, LeverSource::Assumption, deals);
        }
    }
}
