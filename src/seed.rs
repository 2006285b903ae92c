//! A seed for runs that state none: the only draw that cannot be replayed, hence always reported.

/// A random seed from the system.
///
/// # Errors
/// Where the system has no randomness.
pub fn new_seed() -> Result<u32, getrandom::Error> {
    getrandom::u32()
}
