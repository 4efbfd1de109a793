//! ISO 20022 `camt.053.001.08`: what a bank booked on the account. A debit that names a payment paid it; a credit that returns it
//! means that it failed; an entry that is not booked yet, or names nothing, is for a person.

use super::{BankFileError, BankLine, Said};
use kernel::{Date, Money};
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

/// The beginning of the name space of every version of this message.
const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.";

/// What is read of an entry or of one transaction of it.
#[derive(Debug, Clone, Default)]
struct Part {
    amount: String,
    currency: String,
    end_to_end: String,
    reference: String,
    returned: bool,
    reason: String,
}

#[derive(Debug, Clone, Default)]
struct Entry {
    own: Part,
    direction: String,
    status: String,
    reversal: bool,
    day: String,
    about: String,
    parts: Vec<Part>,
}

/// The lines of a statement, in its order.
pub fn read(bytes: &[u8]) -> Result<Vec<BankLine>, BankFileError> {
    let text = std::str::from_utf8(bytes).map_err(|_| BankFileError::Encoding)?;
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let (mut entries, mut entry, mut known) = (Vec::new(), Entry::default(), false);
    let mut said = String::new();
    loop {
        match reader.read_event().map_err(|e| wrong(&e))? {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                known |= name == "Document" && namespace(&start).is_some_and(|ns| ns.starts_with(NAMESPACE));
                match name.as_str() {
                    "Ntry" => entry = Entry::default(),
                    "TxDtls" => entry.parts.push(Part::default()),
                    "RtrInf" => of(&mut entry, &path).returned = true,
                    "Amt" => of(&mut entry, &path).currency = attribute(&start, "Ccy"),
                    _ => {}
                }
                path.push(name);
                said.clear();
            }
            Event::Text(piece) => {
                said.push_str(&piece);
            }
            Event::GeneralRef(name) => {
                said.push_str(&unescape(&format!("&{};", &*name)).map_err(|e| wrong(&e))?);
            }
            Event::CData(piece) => {
                said.push_str(&piece);
            }
            Event::End(_) => {
                leaf(&mut entry, &path, said.trim());
                said.clear();
                if path.pop().as_deref() == Some("Ntry") {
                    entries.push(std::mem::take(&mut entry));
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !known {
        return Err(BankFileError::Xml { what: "no camt.053 document".into() });
    }
    if !path.is_empty() {
        return Err(BankFileError::Xml { what: "it ends too early".into() });
    }
    Ok(netted(entries.iter().flat_map(lines).collect()))
}

fn wrong(error: &dyn std::fmt::Display) -> BankFileError {
    BankFileError::Xml { what: error.to_string() }
}

fn namespace(start: &quick_xml::events::BytesStart<'_>) -> Option<String> {
    let named = start.attributes().flatten().find(|a| a.key.as_ref().starts_with("xmlns"))?;
    Some(named.value.into_owned())
}

fn attribute(start: &quick_xml::events::BytesStart<'_>, name: &str) -> String {
    let found = start.attributes().flatten().find(|a| a.key.as_ref() == name);
    found.map_or_else(String::new, |a| a.value.into_owned())
}

/// The transaction that is open, or the entry itself.
fn of<'e>(entry: &'e mut Entry, path: &[String]) -> &'e mut Part {
    match entry.parts.last_mut() {
        Some(part) if path.iter().any(|name| name == "TxDtls") => part,
        _ => &mut entry.own,
    }
}

fn leaf(entry: &mut Entry, path: &[String], text: &str) {
    let below: Vec<&str> = path.iter().map(String::as_str).skip_while(|name| *name != "Ntry").collect();
    let text = text.to_owned();
    match below.as_slice() {
        ["Ntry", "CdtDbtInd"] => entry.direction = text,
        ["Ntry", "RvslInd"] => entry.reversal = text == "true" || text == "1",
        ["Ntry", "Sts"] | ["Ntry", "Sts", "Cd"] if !text.is_empty() => entry.status = text,
        ["Ntry", "BookgDt", "Dt" | "DtTm"] => entry.day = text.chars().take(10).collect(),
        ["Ntry", "AddtlNtryInf"] => entry.about = text,
        [.., "Refs", "EndToEndId"] => of(entry, path).end_to_end = text,
        [.., "AcctSvcrRef"] => of(entry, path).reference = text,
        ["Ntry", "Amt"] | [.., "TxDtls" | "TxAmt", "Amt"] => of(entry, path).amount = text,
        [.., "RtrInf", "Rsn", "Cd" | "Prtry"] | [.., "RtrInf", "AddtlInf"] => {
            let part = of(entry, path);
            if !part.reason.is_empty() {
                part.reason.push(' ');
            }
            part.reason.push_str(&text);
        }
        _ => {}
    }
}

fn lines(entry: &Entry) -> Vec<BankLine> {
    if entry.parts.is_empty() {
        return vec![line(entry, &entry.own)];
    }
    let alone = entry.parts.len() == 1;
    let whole = |part: &Part| {
        let mut part = part.clone();
        if part.amount.is_empty() && alone {
            part.amount.clone_from(&entry.own.amount);
            part.currency.clone_from(&entry.own.currency);
        }
        if part.reference.is_empty() {
            part.reference.clone_from(&entry.own.reference);
        }
        line(entry, &part)
    };
    entry.parts.iter().map(whole).collect()
}

fn line(entry: &Entry, part: &Part) -> BankLine {
    let amount = Money::parse_yuan(&part.amount).ok();
    let unclear = |reason: &str| Said::Unclear { reason: reason.to_owned() };
    let day = entry.day.parse::<Date>();
    let named = !matches!(part.end_to_end.as_str(), "" | "NOTPROVIDED");
    let said = match (entry.direction.as_str(), entry.status.as_str(), day) {
        _ if !named => unclear("没有端到端编号"),
        _ if amount.is_none() => unclear("金额无法识别"),
        _ if !part.currency.is_empty() && part.currency != "CNY" => unclear("币种不是人民币"),
        (_, status, _) if status != "BOOK" => unclear("银行尚未入账"),
        ("CRDT", ..) if part.returned || entry.reversal => Said::Failed {
            reason: if part.reason.is_empty() { entry.about.clone() } else { part.reason.clone() },
        },
        ("DBIT", _, Ok(on)) if !part.returned && !entry.reversal => {
            Said::Paid { on, reference: part.reference.clone() }
        }
        ("DBIT", _, Err(_)) => unclear("入账日期无法识别"),
        _ => unclear("不是付款，也不是退回"),
    };
    let text = [
        entry.day.as_str(),
        entry.direction.as_str(),
        entry.status.as_str(),
        part.amount.as_str(),
        part.end_to_end.as_str(),
        part.reference.as_str(),
        part.reason.as_str(),
        entry.about.as_str(),
    ];
    let text: Vec<&str> = text.into_iter().filter(|text| !text.is_empty()).collect();
    let end_to_end = if named { part.end_to_end.clone() } else { String::new() };
    BankLine { end_to_end, amount, said, text: super::short(&text.join(" "), 300) }
}

/// A payment that was booked and returned in the same statement failed: its debit is not told apart.
fn netted(lines: Vec<BankLine>) -> Vec<BankLine> {
    let returned = |line: &BankLine| {
        matches!(line.said, Said::Paid { .. })
            && lines.iter().any(|other| {
                matches!(other.said, Said::Failed { .. })
                    && other.end_to_end == line.end_to_end
                    && other.amount == line.amount
            })
    };
    lines.iter().filter(|line| !returned(line)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(entries: &str) -> Vec<u8> {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"{NAMESPACE}08\"><BkToCstmrStmt><Stmt>\
             <Id>S1</Id><Bal><Amt Ccy=\"CNY\">999.00</Amt></Bal>{entries}</Stmt></BkToCstmrStmt></Document>"
        )
        .into_bytes()
    }

    fn entry(direction: &str, status: &str, amount: &str, end_to_end: &str, more: &str) -> String {
        format!(
            "<Ntry><Amt Ccy=\"CNY\">{amount}</Amt><CdtDbtInd>{direction}</CdtDbtInd>\
             <Sts><Cd>{status}</Cd></Sts><BookgDt><Dt>2019-11-07</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>\
             <NtryDtls><TxDtls><Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>{more}</TxDtls></NtryDtls></Ntry>"
        )
    }

    fn one(entry: &str) -> BankLine {
        let mut lines = read(&statement(entry)).unwrap();
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines.remove(0)
    }

    #[test]
    fn a_booked_debit_paid_and_a_returned_credit_failed() {
        let paid = one(&entry("DBIT", "BOOK", "100.05", "Q7-1", ""));
        let on = Date::constant(2019, 11, 7);
        assert_eq!(paid.said, Said::Paid { on, reference: "R1".into() });
        assert_eq!((paid.end_to_end.as_str(), paid.amount), ("Q7-1", Some(Money::from_fen(10_005))));
        let reason = "<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>账户已销 &amp; 退回</AddtlInf></RtrInf>";
        let failed = one(&entry("CRDT", "BOOK", "0.90", "Q7-2", reason));
        assert_eq!(failed.said, Said::Failed { reason: "AC04 账户已销 & 退回".into() });
    }

    #[test]
    fn what_is_not_clear_is_said_and_not_guessed() {
        for (text, reason) in [
            (entry("DBIT", "PDNG", "1.00", "Q7-1", ""), "银行尚未入账"),
            (entry("DBIT", "BOOK", "1.00", "NOTPROVIDED", ""), "没有端到端编号"),
            (entry("DBIT", "BOOK", "x", "Q7-1", ""), "金额无法识别"),
            (entry("CRDT", "BOOK", "1.00", "Q7-1", ""), "不是付款，也不是退回"),
            (entry("DBIT", "BOOK", "1.00", "Q7-1", "<Amt Ccy=\"USD\">1.00</Amt>"), "币种不是人民币"),
        ] {
            assert_eq!(one(&text).said, Said::Unclear { reason: reason.into() });
        }
    }

    #[test]
    fn one_entry_may_hold_many_payments_with_their_own_amounts() {
        let part = |id: &str, amount: &str| {
            format!(
                "<TxDtls><Refs><EndToEndId>{id}</EndToEndId></Refs><Amt Ccy=\"CNY\">{amount}</Amt></TxDtls>"
            )
        };
        let bulk = format!(
            "<Ntry><Amt Ccy=\"CNY\">3.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>\
             <BookgDt><DtTm>2019-11-07T10:00:00</DtTm></BookgDt><NtryDtls>{}{}</NtryDtls></Ntry>",
            part("Q7-1", "1.00"),
            part("Q7-2", "2.00")
        );
        let lines = read(&statement(&bulk)).unwrap();
        let amounts: Vec<Option<i64>> = lines.iter().map(|l| l.amount.map(Money::fen)).collect();
        assert_eq!(amounts, [Some(100), Some(200)]);
        assert!(lines.iter().all(|line| matches!(line.said, Said::Paid { .. })));
    }

    #[test]
    fn booked_and_returned_in_one_statement_failed() {
        let back = "<RtrInf><Rsn><Prtry>户名不符</Prtry></Rsn></RtrInf>";
        let both = entry("DBIT", "BOOK", "1.00", "Q7-1", "") + &entry("CRDT", "BOOK", "1.00", "Q7-1", back);
        let lines = read(&statement(&both)).unwrap();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].said, Said::Failed { reason: "户名不符".into() });
    }

    #[test]
    fn other_files_are_refused() {
        let xml = |bytes: &[u8]| matches!(read(bytes), Err(BankFileError::Xml { .. }));
        assert!(xml(b"<Document xmlns=\"urn:other\"/>"));
        assert!(xml(b"not xml"));
        assert!(xml(&statement("<Ntry>")[..200]));
        assert_eq!(read(&[0xff, 0xfe]), Err(BankFileError::Encoding));
        assert_eq!(read(&statement("")), Ok(vec![]));
    }
}
