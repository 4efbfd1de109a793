//! What pages of this slice draw, without a book.
