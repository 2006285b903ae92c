//! Elementary and special functions that give the same bits on every platform.
