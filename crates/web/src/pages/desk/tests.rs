//! Render tests of this slice.
