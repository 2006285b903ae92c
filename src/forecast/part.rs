//! What some blocks of a scenario's simulation give: a part per section.

use crate::bytes::take;
use crate::engine::paths::PathPart;
use crate::engine::simulation;

/// Parts of all sections that are simulated. Parts merge in any grouping to the same bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// The open pipeline.
    pub open_pipeline: Option<simulation::Part>,
    /// The sales machine.
    pub pipeline_generation: Option<PathPart>,
    /// Recurring revenue.
    pub arr_cohorts: Option<PathPart>,
    /// The vendor's programme.
    pub partner_vendor_programme: Option<PathPart>,
    /// The plan of one partner.
    pub partner_pnl: Option<PathPart>,
    /// Both sides of the same partners.
    pub partner_both_sides: Option<PathPart>,
}

/// Both parts of a section merged; `None` where only one is there, or they do not fit.
fn merged<P>(mine: Option<P>, theirs: Option<P>, merge: impl FnOnce(P, P) -> Option<P>) -> Option<Option<P>> {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => merge(mine, theirs).map(Some),
        (None, None) => Some(None),
        _ => None,
    }
}

/// Appends a section, its length in bytes first; 0 where it is absent.
fn write<P>(bytes: &mut Vec<u8>, section: Option<&P>, append: impl FnOnce(&P, &mut Vec<u8>)) {
    let before = bytes.len();
    bytes.extend(0_u64.to_le_bytes());
    let start = bytes.len();
    if let Some(section) = section {
        append(section, bytes);
    }
    let length = (bytes.len() - start) as u64;
    bytes[before..start].copy_from_slice(&length.to_le_bytes());
}

/// Reads what [`write`] wrote and moves on; `None` where the bytes are no part.
fn read<P>(bytes: &mut &[u8], from_bytes: impl FnOnce(&[u8]) -> Option<P>) -> Option<Option<P>> {
    let length = usize::try_from(u64::from_le_bytes(take(bytes)?)).ok()?;
    let (section, rest) = bytes.split_at_checked(length)?;
    *bytes = rest;
    if section.is_empty() { Some(None) } else { from_bytes(section).map(Some) }
}

impl Part {
    /// Adds another part of the same scenario; `None` if the two do not fit.
    #[must_use]
    pub fn merged(self, other: Self) -> Option<Self> {
        let paths = |mine, theirs| merged(mine, theirs, PathPart::merged);
        Some(Self {
            open_pipeline: merged(self.open_pipeline, other.open_pipeline, simulation::Part::merged)?,
            pipeline_generation: paths(self.pipeline_generation, other.pipeline_generation)?,
            arr_cohorts: paths(self.arr_cohorts, other.arr_cohorts)?,
            partner_vendor_programme: paths(self.partner_vendor_programme, other.partner_vendor_programme)?,
            partner_pnl: paths(self.partner_pnl, other.partner_pnl)?,
            partner_both_sides: paths(self.partner_both_sides, other.partner_both_sides)?,
        })
    }

    /// The part as bytes, to send it from a worker.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        write(&mut bytes, self.open_pipeline.as_ref(), simulation::Part::write);
        let sections = [
            &self.pipeline_generation,
            &self.arr_cohorts,
            &self.partner_vendor_programme,
            &self.partner_pnl,
            &self.partner_both_sides,
        ];
        for paths in sections {
            write(&mut bytes, paths.as_ref(), PathPart::write);
        }
        bytes
    }

    /// Reads [`Part::to_bytes`]; `None` where the bytes are no part.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let part = Self {
            open_pipeline: read(&mut bytes, simulation::Part::from_bytes)?,
            pipeline_generation: read(&mut bytes, PathPart::from_bytes)?,
            arr_cohorts: read(&mut bytes, PathPart::from_bytes)?,
            partner_vendor_programme: read(&mut bytes, PathPart::from_bytes)?,
            partner_pnl: read(&mut bytes, PathPart::from_bytes)?,
            partner_both_sides: read(&mut bytes, PathPart::from_bytes)?,
        };
        bytes.is_empty().then_some(part)
    }
}
