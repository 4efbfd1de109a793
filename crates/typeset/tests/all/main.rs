//! Documents as another program reads them: text, pages, contents, faults, the same bytes again.

mod faults;
mod pages;
mod samples;
mod support;
