//! ISO 20022 `pain.001.001.09`: a customer credit transfer initiation with one payment information block.

use super::{Order, Party, Transfer, plain, short};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use std::io;

/// The name space of the message.
pub const NAMESPACE: &str = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
/// Names and free texts of the message have at most so many characters, ids at most [`ID_MAX`].
const TEXT_MAX: usize = 140;
const ID_MAX: usize = 35;
const ACCOUNT_MAX: usize = 34;

type Xml = Writer<Vec<u8>>;

/// The message as bytes. Fails only when the sum cannot be counted or memory cannot be written.
pub fn write(order: &Order) -> io::Result<Vec<u8>> {
    let sum = order.sum().ok_or_else(|| io::Error::other("the control sum cannot be counted"))?;
    let (count, sum) = (order.transfers.len().to_string(), plain(sum));
    let id = short(&order.id, ID_MAX);
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("Document").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
        within(xml, "CstmrCdtTrfInitn", |xml| {
            within(xml, "GrpHdr", |xml| {
                leaf(xml, "MsgId", &id)?;
                leaf(xml, "CreDtTm", &order.made)?;
                leaf(xml, "NbOfTxs", &count)?;
                leaf(xml, "CtrlSum", &sum)?;
                within(xml, "InitgPty", |xml| leaf(xml, "Nm", &short(&order.from.name, TEXT_MAX)))
            })?;
            within(xml, "PmtInf", |xml| {
                leaf(xml, "PmtInfId", &id)?;
                leaf(xml, "PmtMtd", "TRF")?;
                leaf(xml, "NbOfTxs", &count)?;
                leaf(xml, "CtrlSum", &sum)?;
                within(xml, "ReqdExctnDt", |xml| leaf(xml, "Dt", &order.on.to_string()))?;
                party(xml, ["Dbtr", "DbtrAcct"], &order.from)?;
                agent(xml, "DbtrAgt", &order.from.bank)?;
                order.transfers.iter().try_for_each(|transfer| payment(xml, transfer))
            })
        })
    })?;
    let mut bytes = xml.into_inner();
    bytes.push(b'\n');
    Ok(bytes)
}

fn payment(xml: &mut Xml, transfer: &Transfer) -> io::Result<()> {
    within(xml, "CdtTrfTxInf", |xml| {
        within(xml, "PmtId", |xml| {
            leaf(xml, "InstrId", &short(&transfer.end_to_end, ID_MAX))?;
            leaf(xml, "EndToEndId", &short(&transfer.end_to_end, ID_MAX))
        })?;
        within(xml, "Amt", |xml| {
            let amount = xml.create_element("InstdAmt").with_attribute(("Ccy", "CNY"));
            amount.write_text_content(BytesText::new(&plain(transfer.amount))).map(drop)
        })?;
        agent(xml, "CdtrAgt", &transfer.to.bank)?;
        party(xml, ["Cdtr", "CdtrAcct"], &transfer.to)?;
        within(xml, "RmtInf", |xml| leaf(xml, "Ustrd", &short(&transfer.purpose, TEXT_MAX)))
    })
}

/// The owner, then the account.
fn party(xml: &mut Xml, [owner, account]: [&str; 2], party: &Party) -> io::Result<()> {
    within(xml, owner, |xml| leaf(xml, "Nm", &short(&party.name, TEXT_MAX)))?;
    within(xml, account, |xml| {
        within(xml, "Id", |xml| {
            within(xml, "Othr", |xml| leaf(xml, "Id", &short(&party.account, ACCOUNT_MAX)))
        })
    })
}

fn agent(xml: &mut Xml, name: &str, bank: &str) -> io::Result<()> {
    within(xml, name, |xml| within(xml, "FinInstnId", |xml| leaf(xml, "Nm", &short(bank, TEXT_MAX))))
}

fn within(xml: &mut Xml, name: &str, inner: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<()> {
    xml.create_element(name).write_inner_content(inner).map(drop)
}

fn leaf(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(text)).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Date, Money};

    fn order() -> Order {
        let party = |name: &str, account: &str| Party {
            name: name.into(),
            account: account.into(),
            bank: "某农商银行".into(),
        };
        let transfer = |no: i64, name: &str, fen| Transfer {
            end_to_end: format!("Q7-{no}"),
            to: party(name, "622202000000001"),
            amount: Money::from_fen(fen),
            purpose: "报账支付 <A&B>".into(),
        };
        Order {
            id: "批次2019-007".into(),
            made: "2019-11-05T09:30:00+08:00".into(),
            on: Date::constant(2019, 11, 6),
            from: party("扶贫资金专户", "120000000000009"),
            transfers: vec![transfer(1, "甲公司\u{1}", 10_005), transfer(2, "乙 & 丙合作社", 90)],
        }
    }

    #[test]
    fn the_message_counts_sums_and_escapes() {
        let bytes = write(&order()).unwrap();
        assert_eq!(bytes, write(&order()).unwrap(), "the same payments give the same bytes");
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), "{text}");
        for expected in [
            NAMESPACE,
            "<NbOfTxs>2</NbOfTxs>",
            "<CtrlSum>100.95</CtrlSum>",
            "<EndToEndId>Q7-1</EndToEndId>",
            "<InstdAmt Ccy=\"CNY\">100.05</InstdAmt>",
            "<InstdAmt Ccy=\"CNY\">0.90</InstdAmt>",
            "<Nm>甲公司</Nm>",
            "<Nm>乙 &amp; 丙合作社</Nm>",
            "&lt;A&amp;B&gt;",
            "<Dt>2019-11-06</Dt>",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
        assert_eq!(text.matches("<CtrlSum>").count(), 2, "group header and block");
    }

    #[test]
    fn names_are_cut_to_what_the_message_takes() {
        let mut long = order();
        long.transfers[0].to.name = "长".repeat(200);
        let text = String::from_utf8(write(&long).unwrap()).unwrap();
        assert!(text.contains(&format!("<Nm>{}</Nm>", "长".repeat(140))));
    }
}
