//! What the pages of every slice share: the door, what was typed, figures, lists, steps and files. Nothing here knows one slice.
//!
//! | to | use |
//! | --- | --- |
//! | let somebody in, read an id, load a view | [`require`], [`id`], [`shown`] |
//! | say what the pack says | [`say`], [`article`], [`doer`], [`rule_line`], [`rule_line_of`], [`fund_side`] |
//! | read a form and say what is wrong with it | [`needed`], [`date`], [`money`], [`money_or_zero`], [`read_date`], [`read_money`], [`value`], [`explained`] |
//! | send it and put a refusal at its field | [`key_of`], [`key_of_act`], [`money_command`], [`refused`], [`refusal_text`] |
//! | show money | [`yuan`], [`figured`], [`wan`], [`amount`], [`total`], [`percent`], [`stat`], [`stat_yuan`] |
//! | show what overheads take of a year | [`overhead_table`], [`overhead_warnings`] |
//! | make a list with filters, chips, pages and its export | [`Query`], [`asked`], [`Listing`], [`Filters`], [`years`], [`address`] |
//! | show where a procedure stands | [`next`], [`open_steps`], [`steps`], [`trail`], [`outcome_colour`], [`due`], [`due_line`], [`notice`] |
//! | take and give files | [`ACCEPT`], [`keep_files`], [`kept_before`], [`held_files`], [`file_line`], [`download`], [`poured`], [`paged`] |

mod figures;
mod files;
mod list;
mod overheads;
mod rules;
mod seat;
mod steps;
mod stream;
mod typed;

pub use figures::{amount, figured, percent, stat, stat_yuan, total, wan, yuan};
pub use files::{ACCEPT, download, file_line, held_files, keep_files, kept_before};
pub use list::{Filters, Listing, Query, address, asked, years};
pub use overheads::{overhead_table, overhead_warnings};
pub use rules::{article, doer, fund_side, rule_line, rule_line_of, say};
pub use seat::{id, key_of, key_of_act, money_command, require, shown};
pub use steps::{calendar, due, due_line, next, notice, open_steps, outcome_colour, steps, trail};
pub use stream::{paged, poured};
pub use typed::{
    date, explained, money, money_or_zero, needed, read_date, read_money, refusal_text, refused, value,
};
