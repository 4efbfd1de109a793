//! The acts that the program knows. A pack arranges them; it does not invent them.

macro_rules! acts {
    ($($variant:ident $id:literal $zh:literal $en:literal),+ $(,)?) => {
        /// One act of the fixed vocabulary.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Act {
            $(#[doc = $zh] $variant),+
        }

        impl Act {
            /// All acts, in the order of this reference.
            pub const ALL: &'static [Act] = &[$(Act::$variant),+];

            /// The identifier that packs write.
            pub fn id(self) -> &'static str {
                match self { $(Act::$variant => $id),+ }
            }

            /// The Chinese word.
            pub fn zh(self) -> &'static str {
                match self { $(Act::$variant => $zh),+ }
            }

            /// The English word.
            pub fn en(self) -> &'static str {
                match self { $(Act::$variant => $en),+ }
            }

            /// The act of this identifier.
            pub fn parse(id: &str) -> Option<Act> {
                match id { $($id => Some(Act::$variant),)+ _ => None }
            }
        }
    };
}

acts! {
    Open "open" "开启" "open",
    Appoint "appoint" "选定" "appoint",
    Propose "propose" "提出建议" "propose",
    Declare "declare" "申报" "declare",
    Check "check" "核对" "check",
    Review "review" "审核" "review",
    Exchange "exchange" "交流核实" "exchange",
    Accept "accept" "受理" "accept",
    Notify "notify" "通知" "notify",
    Inspect "inspect" "现场核查" "inspect",
    Plan "plan" "编制方案" "plan",
    Deliberate "deliberate" "会议审议" "deliberate",
    Publish "publish" "公示" "publish",
    Object "object" "提出异议" "object",
    Answer "answer" "答复异议" "answer",
    Decide "decide" "审定" "decide",
    File "file" "备案" "file",
    Sign "sign" "签订" "sign",
    Issue "issue" "下达" "issue",
    Claim "claim" "报账" "claim",
    Pay "pay" "拨付" "pay",
    Start "start" "开工" "start",
    Report "report" "报告" "report",
    Change "change" "变更" "change",
    Complete "complete" "验收" "acceptance of works",
    HandOver "hand_over" "移交" "hand over",
    Evaluate "evaluate" "绩效评价" "evaluate",
    Urge "urge" "催办" "urge",
    Rectify "rectify" "整改" "rectify",
    Recover "recover" "追回" "recover",
    Receive "receive" "入账" "receive",
    Close "close" "清算" "close",
}
