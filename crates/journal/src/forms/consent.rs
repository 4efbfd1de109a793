//! Stored forms of what happens to the papers of a place or a unit.

use super::case::PaperV1;
use super::wire::Day;
use domain::consent::Event;

events! {
    Event;

    "consent.filed" 1 "归档同意文件" "paper put on file"
    FiledV1 = Filed { pack: String, place: String, name: String, demand: String, document: String, on: Day }
    optional { papers: Vec<PaperV1> };

    "consent.revoked" 1 "同意文件失效" "paper no longer counts"
    RevokedV1 = Revoked { demand: String, why: String, on: Day };
}
